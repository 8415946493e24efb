import { answerQuestions } from '../answering-thread/index.ts';
import { lineDiff } from './line-diff.ts';
import type { TextPair } from './text-diffs.ts';
import { wordDiff } from './word-diff.ts';

answerQuestions(({ before, after, by }: TextPair) =>
  by === 'lines' ? lineDiff(before, after) : wordDiff(before, after),
);
