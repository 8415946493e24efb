import { answerQuestions } from '../answering-thread/index.ts';
import type { Comparing } from './text-diffs.ts';
import { wordDiff } from './word-diff.ts';

answerQuestions(({ before, after }: Comparing) => wordDiff(before, after));
