import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore, eventLine, type RecordedEvent } from '../../../libs/event-store/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { reading, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { sealVersionOf } from '../../../libs/vault/index.ts';
import type { Viewer } from '../viewer.ts';
import { type CommentLine, GetComment, GetCommentLine } from './thread.query-types.ts';
import { visibleComment } from './thread.reads.ts';
import { withheldFrom, withheldOfComment } from './withheld-texts.ts';

/** What a text of a comment stands in: the first one, or a change of it, of whatever version. */
const TEXTS = /^Comment(Posted|Edited)\.v\d+$/;

/** Where the log has a comment's text, for receipts: its line for those who may read that text, its place for all others. */
@QueryHandler(GetCommentLine)
export class GetCommentLineHandler implements IQueryHandler<GetCommentLine> {
  readonly #store: EventStore;
  readonly #queries: Pick<QueryBus, 'execute'>;
  readonly #views: Views;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(QueryBus) queries: Pick<QueryBus, 'execute'>,
    @Inject(VIEWS) views: Views,
  ) {
    this.#store = store;
    this.#queries = queries;
    this.#views = views;
  }

  async execute({ commentId, revision, viewer }: GetCommentLine): Promise<CommentLine> {
    const comment = await this.#queries.execute(new GetComment(commentId, asReader(viewer)));
    const event = await this.#textAt(commentId, revision);
    return {
      position: event.position,
      revision: Number(event.revision),
      recordedAt: event.recordedAt,
      line: comment.body === null || this.#isWithheld(event, commentId, asReader(viewer)) ? null : eventLine(event),
      sealVersion: (event.sealed && sealVersionOf(event.sealed)) ?? null,
    };
  }

  /** Sealed as it is, the line of such a text says when it was written and how long it is. */
  #isWithheld({ position }: RecordedEvent, commentId: string, reader: Viewer): boolean {
    return reading(this.#views.db('thread'), (db) => {
      const { row, post } = visibleComment(db, commentId, reader);
      return withheldFrom(reader, withheldOfComment(db, post, row), row).has(position);
    });
  }

  /** The newest text, or the one of a revision. */
  async #textAt(commentId: string, revision: number | null): Promise<RecordedEvent> {
    let found: RecordedEvent | undefined;
    for await (const event of this.#store.readStream(`comment-${commentId}`)) {
      if (TEXTS.test(event.type) && (revision === null || event.revision === BigInt(revision))) found = event;
    }
    if (found !== undefined) return found;
    throw new DomainError('not_found', `This comment got no text at revision ${revision ?? 0}.`);
  }
}

/** A receipt is made to be passed on, so nobody's office shows more in it than a reader sees. */
function asReader(viewer: Viewer): Viewer {
  return viewer === null ? null : { memberId: viewer.memberId, roles: [] };
}
