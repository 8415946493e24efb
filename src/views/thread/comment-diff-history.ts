import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { CommentDiff } from '../../../libs/client/index.ts';
import { EVENT_STORE, type EventStore, type RecordedEvent } from '../../../libs/event-store/index.ts';
import { DomainError, isErased } from '../../../libs/kernel/index.ts';
import { reading, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { diffKey, KeptDiffs } from '../kept-diffs.ts';
import { newest, openNewest } from '../newest.ts';
import { textIn } from '../rows.ts';
import { GetCommentDiff } from './thread.query-types.ts';
import { type TextSight, textSight } from './withheld-texts.ts';

/** Any two texts of a comment, for those who may read both; no more than these two are opened. */
@QueryHandler(GetCommentDiff)
export class GetCommentDiffHandler implements IQueryHandler<GetCommentDiff> {
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #views: Views;
  readonly #diffs: KeptDiffs;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(VAULT) vault: Vault,
    @Inject(VIEWS) views: Views,
    @Inject(KeptDiffs) diffs: KeptDiffs,
  ) {
    this.#store = store;
    this.#vault = vault;
    this.#views = views;
    this.#diffs = diffs;
  }

  async execute({
    commentId,
    between: { from, to },
    viewer,
  }: GetCommentDiff): Promise<{ readonly compared: CommentDiff; readonly unseen: readonly number[] }> {
    const sight = reading(this.#views.db('thread'), (db) => textSight(db, commentId, viewer));
    const [before, after] = await this.#stoodAt(commentId, [from, to]);
    const [one, other] = [await this.#text(before, from, sight), await this.#text(after, to, sight)];
    const key = diffKey(commentId, before?.position ?? 0n, after?.position ?? 0n);
    const texts = [before, after].flatMap((event) => event ?? []);
    return {
      compared: { from, to, diff: await this.#diffs.of(key, one, other) },
      unseen: texts.flatMap(({ position, revision }) => (sight.isUnseen(position) ? [Number(revision)] : [])),
    };
  }

  /** The events that had brought the texts which stood at these revisions. */
  async #stoodAt(
    commentId: string,
    [from, to]: readonly [number, number],
  ): Promise<readonly [RecordedEvent | null, RecordedEvent | null]> {
    let [before, after]: [RecordedEvent | null, RecordedEvent | null] = [null, null];
    for await (const event of this.#store.readStream(`comment-${commentId}`)) {
      const revision = Number(event.revision);
      if (revision > Math.max(from, to)) break;
      const { type } = newest(event);
      if (type !== 'CommentPosted.v1' && type !== 'CommentEdited.v1') continue;
      if (revision <= from) before = event;
      if (revision <= to) after = event;
    }
    return [before, after];
  }

  /** Throws DomainError `not_found` when it may not be read, whatever stood before it. */
  async #text(event: RecordedEvent | null, revision: number, sight: TextSight): Promise<string> {
    const isReadable = event !== null && sight.isReadable(event.position);
    const opened = isReadable ? (await openNewest(event, this.#vault)).personal : null;
    const text = opened === null || isErased(opened) ? null : textIn(opened, 'body');
    if (text !== null) return text;
    throw new DomainError('not_found', `There is no text of this comment at revision ${revision} that can be read.`);
  }
}
