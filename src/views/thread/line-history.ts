import { QueryBus } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore, eventLine, type RecordedEvent } from '../../../libs/event-store/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { reading, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { sealVersionOf } from '../../../libs/vault/index.ts';
import { answering } from '../answering.ts';
import type { Viewer } from '../viewer.ts';
import { GetComment, GetCommentLine } from './thread.query-types.ts';
import { visibleComment } from './thread.reads.ts';
import { withheldFrom, withheldOfComment } from './withheld-texts.ts';

/** The events that carry a comment's text: the posting and each edit, of any version. */
const TEXTS = /^Comment(Posted|Edited)\.v\d+$/;

/**
 * The place of a comment's text in the log, for receipts: the event's line for viewers who may read the text, the place
 * alone for others.
 */
export const commentLineQuery = answering(
  GetCommentLine,
  { store: EVENT_STORE, queries: QueryBus, views: VIEWS },
  async ({ commentId, revision, viewer }, { store, queries, views }) => {
    const reader = asReader(viewer);
    const comment = await queries.execute(new GetComment(commentId, reader));
    const event = await textAt(store, commentId, revision);
    const isReadable = comment.body !== null && !isWithheld(views, event, { commentId, reader });
    return {
      position: event.position,
      revision: Number(event.revision),
      recordedAt: event.recordedAt,
      line: isReadable ? eventLine(event) : null,
      sealVersion: (event.sealed && sealVersionOf(event.sealed)) ?? null,
    };
  },
);

/** The line of such a text tells when it was written and how long it is, even though it is sealed. */
function isWithheld(
  views: Views,
  { position }: RecordedEvent,
  { commentId, reader }: { readonly commentId: string; readonly reader: Viewer },
): boolean {
  return reading(views.db('thread'), (db) => {
    const { row, post } = visibleComment(db, commentId, reader);
    return withheldFrom(reader, withheldOfComment(db, post, row), row).has(position);
  });
}

/** The newest text, or the one of a revision. */
async function textAt(store: EventStore, commentId: string, revision: number | null): Promise<RecordedEvent> {
  let found: RecordedEvent | undefined;
  for await (const event of store.readStream(`comment-${commentId}`)) {
    if (TEXTS.test(event.type) && (revision === null || event.revision === BigInt(revision))) found = event;
  }
  if (found !== undefined) return found;
  throw new DomainError('not_found', `This comment got no text at revision ${revision ?? 0}.`);
}

/** A receipt is made to be passed on, so it shows no more than a reader sees, whoever asks. */
function asReader(viewer: Viewer): Viewer {
  return viewer === null ? null : { memberId: viewer.memberId, roles: [] };
}
