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
import { foldedPage } from './folded-page.ts';
import type { FoldedPage, FoldedSize } from './folded-shapes.ts';
import { readCursor, type ThreadCursor, writeCursor } from './thread.cursor.ts';
import { locateComment } from './thread.locate.ts';
import { threadPage } from './thread.page.ts';
import { type CommentRow, scopeOf, visibleComment, visiblePost } from './thread.reads.ts';
import { isPathAbove } from './thread.schema.ts';
import { threadView } from './thread.view.ts';
import { countsAsVisible } from './visible-counts.ts';

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

  rows(): readonly CommentRow[] {
    const { sort } = this.#wish;
    return threadPage(this.#db, this.#thread, { sort, limit: 1_000, cursor: null }).rows;
  }

  all(): readonly string[] {
    return ids(this.rows());
  }

  /** The first part of each conversation that a page folds. */
  parts(page: FoldedPage): readonly FoldedPage[] {
    return page.folds.map(({ cursor }) => this.page(cursor));
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

/** Whether no conversation follows the one that a page is inside of. */
function isLast(reader: Reader, { rows: [top] }: FoldedPage): boolean {
  return (
    topOf(reader.rows())
      .at(-1)
      ?.id.equals(top?.id ?? Buffer.of()) ?? true
  );
}

const topOf = (rows: readonly CommentRow[]) => rows.filter(({ depth }) => depth === 0);
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

  it('say which comments they stand for, and lead to the last one of them', () => {
    const property = fc.property(steps, wishes, viewers, (sequence, wish, viewer) => {
      const db = played(sequence);
      const reader = new Reader(db, viewer, wish);
      const pages = reader.pages();
      const visible = reader.rows().filter(countsAsVisible);
      const placed = (page: FoldedPage) => visible.slice(page.place.from - 1, page.place.to);
      // One after the other they are the whole discussion.
      expect(ids(pages.flatMap(placed))).toEqual(ids(visible));
      for (const page of pages) {
        const shown = ids([...page.rows, ...reader.folded(page)].filter(countsAsVisible));
        expect(ids(placed(page)).toSorted()).toEqual(shown.toSorted());
        expect(page.last === null).toBe(page.next === null);
        for (const part of reader.parts(page)) {
          const begins = part.rows.filter(countsAsVisible).slice(-placed(part).length);
          expect(ids(placed(part))).toEqual(placed(part).length === 0 ? [] : ids(begins));
          expect([part.next === null, part.last === null]).toEqual([isLast(reader, part), part.next === null]);
        }
      }
      const { last } = pages[0] ?? {};
      if (last) expect(ids(topOf(reader.page(last).rows)).at(-1)).toBe(ids(topOf(reader.rows())).at(-1));
      if (last) expect([reader.page(last).next, reader.page(last).place.to]).toEqual([null, visible.length]);
      db.close();
    });
    fc.assert(property, { numRuns: 150 });
  });

  it('tell of each comment how many answers can be read below it, on the page or not', () => {
    const property = fc.property(steps, wishes, viewers, (sequence, wish, viewer) => {
      const db = played(sequence);
      const reader = new Reader(db, viewer, wish);
      const all = reader.rows();
      const below = (rows: readonly CommentRow[], row: CommentRow) =>
        rows.filter((other) => countsAsVisible(other) && isPathAbove(row.path, other.path)).length;
      for (const page of reader.pages().flatMap((one) => [one, ...reader.parts(one)]))
        for (const row of page.rows) expect(page.answers.get(row) ?? below(page.rows, row)).toBe(below(all, row));
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
