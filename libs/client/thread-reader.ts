import type { CommentFilter, CommentSort } from '../words/index.ts';
import type { CommentPage } from './shapes.ts';
import type { ThreadClient } from './thread-client.ts';
import { addPage, type Thread, threadOf } from './thread-fold.ts';

/** The part of a ThreadClient that reading a thread needs, so that a small page loads no more. */
export type ThreadSource = Pick<ThreadClient, 'comments'> & { readonly http: Pick<ThreadClient['http'], 'saw'> };

/** Reads a thread's pages over REST, never older than what was seen before. */
export class ThreadReader {
  readonly #rest: ThreadSource;
  readonly #postId: string;
  readonly #sort: CommentSort;
  readonly #limit: number;
  readonly #only: CommentFilter | undefined;

  /** `limit` counts top-level comments. */
  constructor(
    rest: ThreadSource,
    thread: {
      readonly postId: string;
      readonly sort: CommentSort;
      readonly limit: number;
      readonly only?: CommentFilter | undefined;
    },
  ) {
    this.#rest = rest;
    this.#postId = thread.postId;
    this.#sort = thread.sort;
    this.#limit = thread.limit;
    this.#only = thread.only;
  }

  /** Later reads show this position at least. */
  saw(position: string): void {
    this.#rest.http.saw(position);
  }

  /** Reads the thread anew, with as many top-level comments as were shown. Throws ColloquyProblem. */
  async read(shown: Thread | null, signal: AbortSignal): Promise<Thread> {
    if (shown !== null) this.saw(shown.position);
    const page = { ...(await this.#page(null, signal)), isFlat: this.#only !== undefined };
    let thread = threadOf(this.#postId, this.#sort, page, shown?.discussion ?? null);
    const wanted = shown === null ? 0 : topLevel(shown);
    while (thread.next !== null && topLevel(thread) < wanted)
      thread = addPage(thread, await this.#page(thread.next, signal));
    return thread;
  }

  /** Reads the next page. Throws ColloquyProblem. */
  next(thread: Thread): Promise<CommentPage> {
    this.saw(thread.position);
    return this.#page(thread.next);
  }

  #page(cursor: string | null, signal?: AbortSignal): Promise<CommentPage> {
    const options = signal === undefined ? {} : { signal };
    const only = this.#only === undefined ? {} : { only: this.#only };
    return this.#rest.comments(this.#postId, { sort: this.#sort, limit: this.#limit, cursor, ...only }, options);
  }
}

function topLevel({ comments }: Thread): number {
  return comments.filter(({ parentId }) => parentId === null).length;
}
