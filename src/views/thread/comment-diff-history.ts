import { EVENT_STORE, type EventStore, type RecordedEvent } from '../../../libs/event-store/index.ts';
import { DomainError, isErased } from '../../../libs/kernel/index.ts';
import { reading, VIEWS } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { answering } from '../answering.ts';
import { diffKey, KeptDiffs } from '../kept-diffs.ts';
import { newest, openNewest } from '../newest.ts';
import { openedTextIn } from '../rows.ts';
import { GetCommentDiff } from './thread.query-types.ts';
import { type TextSight, textSight } from './withheld-texts.ts';

/** Compares any two texts of a comment, for viewers who may read both; no other text is opened. */
export const commentDiffQuery = answering(
  GetCommentDiff,
  { store: EVENT_STORE, vault: VAULT, views: VIEWS, diffs: KeptDiffs },
  async ({ commentId, between: { from, to }, viewer }, { store, vault, views, diffs }) => {
    const sight = reading(views.db('thread'), (db) => textSight(db, commentId, viewer));
    const [before, after] = await stoodAt(store, commentId, [from, to]);
    const one = await readText(before, { revision: from, sight, vault });
    const other = await readText(after, { revision: to, sight, vault });
    const key = diffKey(commentId, before?.position ?? 0n, after?.position ?? 0n);
    const texts = [before, after].flatMap((event) => event ?? []);
    return {
      compared: { from, to, diff: await diffs.of(key, one, other) },
      unseen: texts.flatMap(({ position, revision }) => (sight.isUnseen(position) ? [Number(revision)] : [])),
    };
  },
);

/** The events of the texts at these revisions. Throws DomainError `invalid` for a revision that does not exist yet. */
async function stoodAt(
  store: EventStore,
  commentId: string,
  [from, to]: readonly [number, number],
): Promise<readonly [RecordedEvent | null, RecordedEvent | null]> {
  let [before, after]: [RecordedEvent | null, RecordedEvent | null] = [null, null];
  let newestRevision = -1;
  for await (const event of store.readStream(`comment-${commentId}`)) {
    const revision = Number(event.revision);
    if (revision > Math.max(from, to)) break;
    newestRevision = revision;
    const { type } = newest(event);
    if (type !== 'CommentPosted.v1' && type !== 'CommentEdited.v1') continue;
    if (revision <= from) before = event;
    if (revision <= to) after = event;
  }
  requireKnown({ from, to }, newestRevision);
  return [before, after];
}

function requireKnown(between: GetCommentDiff['between'], newestRevision: number): void {
  const message = `must not be greater than ${newestRevision}, the newest revision`;
  const errors = (['from', 'to'] as const)
    .filter((field) => between[field] > newestRevision)
    .map((field) => ({ field, message }));
  const [first] = errors;
  if (first !== undefined) throw new DomainError('invalid', `${first.field} ${message}.`, errors);
}

/** Throws DomainError `not_found` for a text that the viewer may not read. */
async function readText(
  event: RecordedEvent | null,
  { revision, sight, vault }: { readonly revision: number; readonly sight: TextSight; readonly vault: Vault },
): Promise<string> {
  const isReadable = event !== null && sight.isReadable(event.position);
  const opened = isReadable ? (await openNewest(event, vault)).personal : null;
  const text = opened === null || isErased(opened) ? null : openedTextIn(opened, 'body');
  if (text !== null) return text;
  throw new DomainError('not_found', `There is no text of this comment at revision ${revision} that can be read.`);
}
