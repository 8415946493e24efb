import { dictionary } from '@zxcvbn-ts/language-common';
import { answerQuestions } from '../answering-thread/index.ts';

const common = new Set(dictionary['passwords-common']);

answerQuestions((password: string) => common.has(password));
