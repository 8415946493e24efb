import type { LifeComments } from './life-comments.ts';
import type { StepColumns } from './step-columns.ts';

/** The discussion itself, among the comments of steps. */
export const NO_COMMENT = -1;

/** All that ever befell a thread, up to one of its steps. What has been read beyond that is in no answer. */
export interface ThreadLife {
  readonly comments: LifeComments;
  /** Of the comments the first so many. */
  readonly commentCount: number;
  /** Their places in tree order: depth-first, oldest first. */
  readonly order: Int32Array;
  readonly steps: StepColumns;
  /** Of the steps the first so many. */
  readonly count: number;
  /** The comment that each step is about, as a place among the comments. */
  readonly about: Int32Array;
  /** When each happened, milliseconds since 1970, never before what it follows upon: the comment's own steps before it, and the posting above it. */
  readonly happened: Float64Array;
  /** The steps by when they happened; of one moment in the order of the log. */
  readonly byTime: Int32Array;
  /** By place: texts that readers may not read any more, or never could, as positions of the events that brought them. */
  readonly withheld: ReadonlyMap<number, ReadonlySet<bigint>>;
  /** When the last of it happened; the clock of another node may be ahead. */
  readonly latest: number;
}
