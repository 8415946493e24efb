import type { Database } from 'better-sqlite3';
import type { EventStore, RecordedEvent } from '../../../libs/event-store/index.ts';
import { statement } from '../../../libs/projections/index.ts';
import { REACTION_KINDS } from '../../domain/reaction/reaction.events.ts';
import { idText } from '../ids.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow } from '../thread/thread.reads.ts';
import type { PastThread } from './past-page.ts';
import { reactionsOf, type ThreadState } from './thread-state.ts';

/** Comments whose older texts are looked up in the log at once. */
const AT_ONCE = 16;

/** A comment's row as it was, and the event that had brought its text when that is no longer the one of the row. */
export interface PastRow {
  readonly row: CommentRow;
  readonly text: bigint | null;
}

const commentByNumber = statement<CommentRow>(
  `SELECT ${COMMENT_COLUMNS} FROM comment c ${COMMENT_JOINS} WHERE c.n = ?`,
);

/** The rows of these comments as they were at the moment, but for older texts; in the transaction that read their lives. */
export function pastRows(
  db: Database,
  { life, past, sight }: PastThread,
  { places, now }: { readonly places: readonly number[]; readonly now: ThreadState },
): readonly PastRow[] {
  return places.map((place) => {
    const row = commentByNumber(db).get(life.comments[place]?.n);
    if (!row) throw new Error('a comment of a thread is not in its view');
    const editedAt = past.editedAt[place] ?? Number.NaN;
    const text = past.text[place] ?? 0n;
    const asItWas = {
      ...row,
      ...reactionColumns(reactionsOf(past, place)),
      status: sight.status[place] ?? row.status,
      edited_at: Number.isNaN(editedAt) ? null : editedAt,
      revision: past.revision[place] ?? 0,
      position: String(past.changed[place] ?? 0n),
      replies: sight.replies[place] ?? 0,
    };
    return { row: asItWas, text: text === now.text[place] ? null : text };
  });
}

function reactionColumns(counts: readonly number[]): Pick<CommentRow, `r_${(typeof REACTION_KINDS)[number]}`> {
  const count = (kind: (typeof REACTION_KINDS)[number]): number => counts[REACTION_KINDS.indexOf(kind)] ?? 0;
  return {
    r_like: count('like'),
    r_thanks: count('thanks'),
    r_agree: count('agree'),
    r_disagree: count('disagree'),
    r_insightful: count('insightful'),
    r_funny: count('funny'),
    r_sad: count('sad'),
  };
}

/** The rows with the texts of their time, from the log where they were changed since. */
export async function withPastTexts(store: EventStore, rows: readonly PastRow[]): Promise<readonly CommentRow[]> {
  const whole: CommentRow[] = [];
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    whole.push(...(await Promise.all(rows.slice(start, start + AT_ONCE).map((row) => withPastText(store, row)))));
  }
  return whole;
}

async function withPastText(store: EventStore, { row, text }: PastRow): Promise<CommentRow> {
  if (text === null) return row;
  let posted: RecordedEvent | undefined;
  for await (const event of store.readStream(`comment-${idText(row.id)}`)) {
    posted ??= event;
    if (event.position !== text) continue;
    // An imported author's name lies in the first text alone.
    const byline = row.author === null && event !== posted ? sealedOf(posted) : null;
    return { ...row, sealed: sealedOf(event), byline };
  }
  throw new Error(`the log has no text of comment ${idText(row.id)} at ${text}`);
}

function sealedOf({ sealed }: RecordedEvent): Buffer | null {
  return sealed && Buffer.from(sealed);
}
