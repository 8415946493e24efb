import type { EventStore } from '../../../libs/event-store/index.ts';
import { type Position, versionsUpTo } from '../../../libs/kernel/index.ts';
import type { Scratch, ScratchMap } from '../../../libs/scratch/index.ts';
import { type ImportSourceKind, isImportSource } from '../../../libs/words/index.ts';
import { decoders } from '../../commands/decoders.ts';
import { streams } from '../../commands/streams.ts';
import type { ImportedPost } from '../source/imported-post.ts';
import type { ThreadedComment } from '../threads/threading.ts';

/** Which comments stand where, as the forum has found out from its log. */
export interface CommentIndex {
  /** All comments up to it are known; later ones may be. */
  readonly position: Position;
  /** Those under a post; `at` in milliseconds since 1970. */
  readonly under: (postId: string) => Iterable<{ readonly commentId: string; readonly at: number }>;
  readonly close: () => void;
}

/** Null where there is none: then the log is read. */
export type OpenCommentIndex = () => Promise<CommentIndex | null>;

/** Which other system has brought comments, by the page and second of each. Of posts that nobody asks about nothing is read. */
export class StandingHere {
  readonly #store: EventStore;
  readonly #source: ImportSourceKind;
  readonly #open: OpenCommentIndex;
  /** The system that brought a comment, by page and second: of those that the index does not have. */
  readonly #kinds: ScratchMap;
  /** The comments that the index has, by page and second, behind each other; and each page that was looked at. */
  readonly #indexed: ScratchMap;
  #learnt: Promise<CommentIndex | null> | undefined;

  constructor(
    store: EventStore,
    scratch: Scratch,
    { source, open }: { source: ImportSourceKind; open: OpenCommentIndex },
  ) {
    this.#store = store;
    this.#source = source;
    this.#open = open;
    this.#kinds = scratch.map();
    this.#indexed = scratch.map();
  }

  /** The other system from which a comment on the same page of the same second was brought; undefined where none was. */
  async alikeTo(
    { at }: Pick<ThreadedComment, 'at'>,
    { postId }: Pick<ImportedPost, 'postId'>,
  ): Promise<ImportSourceKind | undefined> {
    this.#learnt ??= this.#learn();
    const index = await this.#learnt;
    if (index !== null) this.#lookUnder(postId, index);
    const key = standingKey(postId, Date.parse(at));
    for (const commentId of (this.#indexed.get(key) ?? '').split(' ').filter(Boolean)) {
      const kind = await this.#otherSourceOf(commentId);
      if (kind !== undefined) return kind;
    }
    const kind = this.#kinds.get(key);
    return kind !== undefined && isImportSource(kind) ? kind : undefined;
  }

  async close(): Promise<void> {
    const index = await this.#learnt?.catch(() => null);
    index?.close();
  }

  /** Reads the comments that no index has: without one all of them, which of a million takes some time. */
  async #learn(): Promise<CommentIndex | null> {
    const index = await this.#open();
    const filter = { types: versionsUpTo('CommentPosted.v1'), streamPrefixes: [streams.comment('')] };
    for await (const event of this.#store.readAll({ filter, after: index?.position ?? 0n })) {
      const { data } = decoders.comment.read(event);
      if (!('source' in data) || data.source === null || data.source.kind === this.#source) continue;
      this.#kinds.add(standingKey(data.postId, Date.parse(event.occurredAt)), data.source.kind);
    }
    return index;
  }

  #lookUnder(postId: string, index: CommentIndex): void {
    if (!this.#indexed.add(postId, '')) return;
    for (const { commentId, at } of index.under(postId)) {
      const key = standingKey(postId, at);
      this.#indexed.set(key, `${this.#indexed.get(key) ?? ''} ${commentId}`);
    }
  }

  async #otherSourceOf(commentId: string): Promise<ImportSourceKind | undefined> {
    for await (const event of this.#store.readStream(streams.comment(commentId))) {
      const { data } = decoders.comment.read(event);
      const kind = 'source' in data ? data.source?.kind : undefined;
      return kind === this.#source ? undefined : kind;
    }
    return undefined;
  }
}

function standingKey(postId: string, at: number): string {
  return `${postId} ${Math.floor(at / 1_000)}`;
}
