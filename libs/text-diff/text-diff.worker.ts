import { answerQuestions } from '../answering-thread/index.ts';
import type { TextPair } from './text-diffs.ts';
import { wordDiff } from './word-diff.ts';

answerQuestions(({ before, after }: TextPair) => wordDiff(before, after));
