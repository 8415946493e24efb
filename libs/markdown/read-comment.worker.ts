import { answerQuestions } from '../answering-thread/index.ts';
import { readComment } from './markdown.ts';

answerQuestions(readComment);
