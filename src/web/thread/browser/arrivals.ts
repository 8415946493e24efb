import type { Comment } from '../../../../libs/client/shapes.ts';

/** Comments that came to a thread, in tree order. */
export interface Arrivals {
  readonly all: readonly Comment[];
  /** Ids of those that are shown at once. */
  readonly shown: readonly string[];
}
