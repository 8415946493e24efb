import { Inject, Injectable } from '@nestjs/common';
import type { Database } from 'better-sqlite3';
import { EVENT_STORE, type EventStore, type RecordedEvent } from '../../../../libs/event-store/index.ts';
import { Slices } from '../../../../libs/kernel/index.ts';
import { statement, VIEWS, type Views } from '../../../../libs/projections/index.ts';
import { withoutCommitment } from '../../../../libs/vault/index.ts';
import { REACTION_KINDS } from '../../../../libs/words/index.ts';
import { idText } from '../../ids.ts';
import { fitting } from '../../page-bounds.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow, type ReactionColumns } from '../thread.reads.ts';
import type { ThreadAtMoment } from './page.ts';
import { reactionsOf, type ThreadState } from './state.ts';

/** Comments that are read side by side. */
const AT_ONCE = 16;

/** A comment's row as it was, and the event of its text when the row now has another text. */
interface PastRow {
  readonly row: CommentRow;
  readonly text: bigint | null;
}

const commentByNumber = statement<CommentRow>(
  `SELECT ${COMMENT_COLUMNS} FROM comment c ${COMMENT_JOINS} WHERE c.n = ?`,
);

/**
 * Comments as they were, read in slices from the thread view, and from the log where their texts were changed since.
 */
@Injectable()
export class PastComments {
  readonly #views: Views;
  readonly #store: EventStore;
  readonly #slices = new Slices();

  constructor(@Inject(VIEWS) views: Views, @Inject(EVENT_STORE) store: EventStore) {
    this.#views = views;
    this.#store = store;
  }

  /**
   * The rows of the first of these comments as they were at the moment: as many as fit on one page, and at least so
   * many.
   */
  async rows(
    thread: ThreadAtMoment,
    {
      places,
      now,
      least = 1,
    }: { readonly places: readonly number[]; readonly now: ThreadState; readonly least?: number },
  ): Promise<readonly CommentRow[]> {
    const rows: CommentRow[] = [];
    for (let start = 0; start < places.length; start += AT_ONCE) {
      const some = places.slice(start, start + AT_ONCE);
      rows.push(...(await Promise.all(some.map((place) => this.#row(thread, { place, now })))));
      const most = Math.max(least, fitting(rows));
      if (most < rows.length) return rows.slice(0, most);
    }
    return rows;
  }

  async #row(thread: ThreadAtMoment, at: { readonly place: number; readonly now: ThreadState }): Promise<CommentRow> {
    await this.#slices.pause();
    return this.#withText(pastRow(this.#views.db('thread'), thread, at));
  }

  async #withText({ row, text }: PastRow): Promise<CommentRow> {
    if (text === null) return row;
    let posted: RecordedEvent | undefined;
    for await (const event of this.#store.readStream(`comment-${idText(row.id)}`)) {
      await this.#slices.pause();
      posted ??= event;
      if (event.position !== text) continue;
      // Only the first text holds an imported author's name.
      const byline = row.author === null && event !== posted ? sealedOf(posted) : null;
      // What is said of the text of now is not said of this one.
      return { ...row, sealed: sealedOf(event), byline, language: null };
    }
    throw new Error(`the log has no text of comment ${idText(row.id)} at ${text}`);
  }
}

/**
 * The text is that of the moment, whether the row is read before or after the life: a text that changed since is read
 * from the log.
 */
export function pastRow(
  db: Database,
  { life, past, sight }: ThreadAtMoment,
  { place, now }: { readonly place: number; readonly now: ThreadState },
): PastRow {
  const row = commentByNumber(db).get(life.comments.numbers[place]);
  if (!row) throw new Error('a comment of a thread is not in its view');
  const editedAt = past.editedAt[place] ?? Number.NaN;
  const text = past.text[place] ?? 0n;
  const isRowOfNow = row.position === String(now.changed[place]);
  const asItWas = {
    ...row,
    ...reactionColumns(reactionsOf(past, place)),
    status: sight.status[place] ?? row.status,
    edited_at: Number.isNaN(editedAt) ? null : editedAt,
    revision: past.revision[place] ?? 0,
    position: String(past.changed[place] ?? 0n),
    replies: sight.replies[place] ?? 0,
    // Marks of the moment are read from the discussion.
    accepted: 0,
    featured: 0,
  };
  return { row: asItWas, text: isRowOfNow && text === now.text[place] ? null : text };
}

function reactionColumns(counts: readonly number[]): ReactionColumns {
  return Object.fromEntries(REACTION_KINDS.map((kind, at) => [`r_${kind}`, counts[at] ?? 0]));
}

/** As the view would keep it. */
function sealedOf({ sealed }: RecordedEvent): Buffer | null {
  return sealed && Buffer.from(withoutCommitment(sealed));
}
