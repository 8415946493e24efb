import { describe, expect, it } from '@jest/globals';
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import { openViewForWriting } from '../../../libs/projections/view-file.ts';
import { ViewWriter } from '../../../libs/projections/view-writer.ts';
import type { CommentSort } from '../../../libs/words/index.ts';
import { idOf } from '../../../test/views/small-forum.ts';
import { steps, ThreadModel } from '../../../test/views/thread-model.ts';
import { idText } from '../ids.ts';
import type { Viewer } from '../viewer.ts';
import { type FoldedPage, type FoldedSize, foldedPage } from './folded-page.ts';
import { readCursor, type ThreadCursor, writeCursor } from './thread.cursor.ts';
import { locateComment } from './thread.locate.ts';
import { threadPage } from './thread.page.ts';
import { type CommentRow, scopeOf, visibleComment, visiblePost } from './thread.reads.ts';
import { threadView } from './thread.view.ts';

const POST = idOf('post', 1);
/** More pages than any sequence of steps makes. */
const MOST_PAGES = 500;
const MODERATOR: Viewer = { memberId: idOf('member', 9), roles: ['moderator'] };
const MEMBER_1: Viewer = { memberId: idOf('member', 1), roles: ['member'] };

type Wish = FoldedSize & { readonly sort: CommentSort };
const wishes: fc.Arbitrary<Wish> = fc.record({
  sort: fc.constantFrom<CommentSort>('oldest', 'newest', 'best'),
  limit: fc.integer({ min: 1, max: 5 }),
  most: fc.integer({ min: 1, max: 8 }),
  answers: fc.integer({ min: 0, max: 4 }),
});
const viewers = fc.constantFrom<Viewer>(null, MEMBER_1, MODERATOR);

/** A thread after some steps, and one viewer who pages through it. */
class Reader {
  readonly #db: Database;
  readonly #viewer: Viewer;
  readonly #wish: Wish;

  constructor(db: Database, viewer: Viewer, wish: Wish) {
    this.#db = db;
    this.#viewer = viewer;
    this.#wish = wish;
  }

  get #thread() {
    const post = visiblePost(this.#db, POST, this.#viewer);
    return { post, scope: scopeOf(this.#db, post, this.#viewer) };
  }

  /** The page of a cursor in its text form. */
  page(cursor: ThreadCursor | null): FoldedPage {
    const { sort } = this.#wish;
    const read = cursor && readCursor(writeCursor(cursor, POST, sort), POST, sort);
    const page = foldedPage(this.#db, this.#thread, { ...this.#wish, cursor: read });
    // The comments above an answer come on top, so a page always has at least one comment of its own.
    if (page.whole === undefined) expect(page.rows.length).toBeLessThanOrEqual(this.#wish.most);
    return page;
  }

  pages(): readonly FoldedPage[] {
    const pages = [this.page(null)];
    for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null) {
      pages.push(this.page(next));
      if (pages.length > MOST_PAGES) throw new Error('the pages have no end');
    }
    return pages;
  }

  /** Everything that a page leaves out, read by its folds part after part. */
  folded(page: FoldedPage): readonly CommentRow[] {
    return page.folds.flatMap(({ cursor, count, first }) => {
      const rows: CommentRow[] = [];
      let at: ThreadCursor | null = cursor;
      while (at !== null) {
        const part: FoldedPage = this.page(at);
        const from = part.rows.findIndex(({ path }) => at?.inside && path.compare(at.inside) > 0);
        rows.push(...part.rows.slice(from));
        at = part.folds[0]?.cursor ?? null;
        if (rows.length > MOST_PAGES) throw new Error('the parts have no end');
      }
      expect([count, rows[0]?.id]).toEqual([rows.length, first.id]);
      return rows;
    });
  }

  all(): readonly string[] {
    const { sort } = this.#wish;
    const { rows } = threadPage(this.#db, this.#thread, { sort, limit: 1_000, cursor: null });
    return rows.map(({ id }) => idText(id));
  }
}

function played(sequence: Parameters<ThreadModel['play']>[0][]): Database {
  const model = new ThreadModel();
  for (const step of sequence) model.play(step);
  const db = openViewForWriting(':memory:', threadView);
  const writer = new ViewWriter(threadView, ':memory:', db);
  writer.fold(model.events, model.events.at(-1)?.position ?? 0n);
  if (writer.stopped) throw new Error(writer.stopped.reason);
  return db;
}

const ids = (rows: readonly CommentRow[]) => rows.map(({ id }) => idText(id));

describe('the pages of any discussion', () => {
  it('have, with what they fold away, each comment once, for each kind of viewer', () => {
    const property = fc.property(steps, wishes, viewers, (sequence, wish, viewer) => {
      const db = played(sequence);
      const reader = new Reader(db, viewer, wish);
      const pages = reader.pages();
      const found = pages.flatMap((page) => [...ids(page.rows), ...ids(reader.folded(page))]);
      expect(found.toSorted()).toEqual(reader.all().toSorted());
      db.close();
    });
    fc.assert(property, { numRuns: 150 });
  });

  it('lead back as they lead on', () => {
    const property = fc.property(steps, wishes, (sequence, wish) => {
      const db = played(sequence);
      const reader = new Reader(db, null, wish);
      for (const page of reader.pages()) {
        const before = page.previous && reader.page(page.previous);
        const first = page.rows[0];
        if (before === null || !first) continue;
        const shown = [...ids(before.rows), ...ids(reader.folded(before))];
        // The page before ends where this one begins, or it is the first page and reaches into this one.
        const all = reader.all();
        const isFirst = ids(before.rows)[0] === all[0];
        const place = all.indexOf(idText(first.id));
        expect(shown.includes(all[place - 1] ?? '')).toBe(true);
        expect(isFirst || !shown.includes(idText(first.id))).toBe(true);
      }
      expect(reader.page(null).previous).toBe(null);
      db.close();
    });
    fc.assert(property, { numRuns: 150 });
  });

  it('show a comment where its address leads', () => {
    const property = fc.property(steps, wishes, viewers, (sequence, wish, viewer) => {
      const db = played(sequence);
      const reader = new Reader(db, viewer, wish);
      for (const id of reader.all()) {
        const cursor = locateComment(db, visibleComment(db, id, viewer), wish);
        expect(ids(reader.page(cursor).rows)).toContain(id);
      }
      db.close();
    });
    fc.assert(property, { numRuns: 100 });
  });
});
