import { moment } from '../moment.ts';
import type { PostedProjected } from '../thread/thread.query-types.ts';

/** One of an author's comments, as the policy's rules ask for it. */
export interface Earlier {
  readonly at: string;
  /** The core by which its text is recognised; null when it was erased. */
  readonly core: string | null;
  readonly ruled: 'kept' | 'turned-down' | null;
}

/** `posted` and `position` name the comment and its newest change: decimal positions. */
export interface KnownComment {
  readonly posted: string;
  readonly position: string;
  readonly earlier: Earlier;
}

/** The most earlier comments that are looked at. */
export const MOST_EARLIER = 50;
/** The size of a comment besides its core, in characters. */
const COMMENT_CHARACTERS = 100;

/** The comments read of an author, and the news of the thread since. */
export class KnownAuthor {
  /** Resolves when all texts that were read are opened. */
  readonly opened: Promise<void> | null;
  readonly #newest: bigint;
  #visible: number;
  #comments: readonly KnownComment[] = [];
  #earlier: readonly Earlier[] = [];
  #characters = 0;
  /** Oldest first. */
  readonly #waiting: PostedProjected[] = [];
  #isStale = false;

  /** `newest` is the position of the newest comment that was read. */
  constructor(read: {
    readonly visible: number;
    readonly newest: bigint;
    readonly comments: readonly KnownComment[] | Promise<readonly KnownComment[]>;
  }) {
    this.#visible = read.visible;
    this.#newest = read.newest;
    const { comments } = read;
    if (comments instanceof Promise) this.opened = comments.then((opened) => this.#take(opened));
    else {
      this.opened = null;
      this.#take(comments);
    }
  }

  /** Newest first. */
  get comments(): readonly KnownComment[] {
    return this.#comments;
  }

  get record(): { readonly visibleComments: number; readonly earlier: readonly Earlier[] } {
    return { visibleComments: this.#visible, earlier: this.#earlier };
  }

  /** The memory of its texts. */
  get characters(): number {
    return this.#characters + COMMENT_CHARACTERS;
  }

  /** True when one of the comments has changed. */
  get isStale(): boolean {
    return this.#isStale;
  }

  changed(): void {
    this.#isStale = true;
  }

  posted(comment: PostedProjected): void {
    if (BigInt(comment.posted) > this.#newest) this.#waiting.push(comment);
  }

  /** Adds the comments posted since; becomes stale when one of their texts is not at hand. True when it has grown. */
  grow(coreOf: (posted: string) => string | null): boolean {
    if (this.#waiting.length === 0) return false;
    const fresh: KnownComment[] = [];
    for (const { posted, at } of this.#waiting.splice(0)) {
      const core = coreOf(posted);
      if (core === null) this.#isStale = true;
      else fresh.unshift({ posted, position: posted, earlier: { at: moment(at), core, ruled: null } });
    }
    if (this.#isStale) return false;
    this.#visible += fresh.length;
    this.#take([...fresh, ...this.#comments].slice(0, MOST_EARLIER));
    return true;
  }

  #take(comments: readonly KnownComment[]): void {
    this.#comments = comments;
    this.#earlier = comments.map(({ earlier }) => earlier);
    this.#characters = 0;
    for (const { core } of this.#earlier) this.#characters += (core?.length ?? 0) + COMMENT_CHARACTERS;
  }
}
