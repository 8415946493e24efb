import type { ScratchMap } from '../../../libs/scratch/index.ts';

/** Where a comment stands here: under which id, and under which post. */
export interface StandingComment {
  readonly commentId: string;
  readonly postId: string;
}

/** Comments that stand elsewhere than their export tells, by the ids that they would have; memory holds few of them. */
export class MovedComments {
  readonly #places: ScratchMap;
  #isEmpty = true;

  constructor(places: ScratchMap) {
    this.#places = places;
  }

  add(commentId: string, { commentId: id, postId }: StandingComment): void {
    this.#isEmpty = false;
    this.#places.set(commentId, `${id} ${postId}`);
  }

  /** Undefined for one that stands where its export tells. */
  of(commentId: string): StandingComment | undefined {
    const [id, postId] = this.#isEmpty ? [] : (this.#places.get(commentId)?.split(' ') ?? []);
    return id === undefined || postId === undefined ? undefined : { commentId: id, postId };
  }
}
