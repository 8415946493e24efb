import { describe, expect, it } from '@jest/globals';
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { digestOf } from '../../../libs/projections/digest.ts';
import { openViewForWriting } from '../../../libs/projections/view-file.ts';
import { ViewWriter } from '../../../libs/projections/view-writer.ts';
import { COMMENT_STATUSES, type CommentSort } from '../../../libs/words/index.ts';
import { idOf } from '../../../test/views/small-forum.ts';
import { isInTheOpen, type ModelComment, type Step, steps, ThreadModel } from '../../../test/views/thread-model.ts';
import { idText } from '../ids.ts';
import type { Viewer } from '../viewer.ts';
import { threadPage } from './thread.page.ts';
import { type CommentRow, commentsBy, scopeOf, totalOf, visibleComments, visiblePost } from './thread.reads.ts';
import { threadView } from './thread.view.ts';

const POST = idOf('post', 1);
/** More comments than any sequence of steps makes. */
const MOST = 1_000;
const MODERATOR: Viewer = { memberId: idOf('member', 9), roles: ['moderator'] };
const MEMBER_1: Viewer = { memberId: idOf('member', 1), roles: ['member'] };
const sorts = fc.constantFrom<CommentSort>('oldest', 'newest', 'best');

interface PageSize {
  readonly sort: CommentSort;
  readonly limit: number;
  readonly most: number;
}
const sizes = fc.record({ sort: sorts, limit: fc.integer({ min: 1, max: 5 }), most: fc.integer({ min: 1, max: 6 }) });

function played(sequence: readonly Step[]): ThreadModel {
  const model = new ThreadModel();
  for (const step of sequence) model.play(step);
  return model;
}

/** Folds the events in batches of at most so many, appends always whole. */
function folded(events: readonly RecordedEvent[], batch: number): Database {
  const db = openViewForWriting(':memory:', threadView);
  const writer = new ViewWriter(threadView, ':memory:', db);
  for (let start = 0; start < events.length; ) {
    let end = Math.min(events.length, start + batch);
    while (events[end] && events[end]?.correlationId === events[end - 1]?.correlationId) end += 1;
    writer.fold(events.slice(start, end), events[end - 1]?.position ?? 0n);
    start = end;
  }
  if (writer.stopped) throw new Error(writer.stopped.reason);
  return db;
}

function allPages(db: Database, viewer: Viewer, size: PageSize): readonly CommentRow[] {
  const rows: CommentRow[] = [];
  const post = visiblePost(db, POST, viewer);
  const scope = scopeOf(db, post, viewer);
  let cursor = null;
  do {
    const page = threadPage(db, { post, scope }, { ...size, cursor });
    expect(page.rows.length).toBeLessThanOrEqual(size.most);
    rows.push(...page.rows);
    if (rows.length > MOST) throw new Error('the pages have no end');
    cursor = page.next;
  } while (cursor !== null);
  expect(totalOf(db, post, scope)).toBe(rows.length);
  return rows;
}

const shape = (rows: readonly CommentRow[]) =>
  rows.map(({ id, status, replies }) => ({ id: idText(id), status: COMMENT_STATUSES[status], replies }));

describe('any thread', () => {
  it('reads, page by page, as its whole tree, for each kind of viewer', () => {
    const property = fc.property(steps, sizes, (sequence, size) => {
      const model = played(sequence);
      const db = folded(model.events, 7);
      const expected = (sees: (comment: ModelComment) => boolean) =>
        model.inOrder(size.sort, sees).map((comment) => ({
          id: idOf('comment', comment.number),
          status: comment.status,
          replies: model.comments.filter(({ parent, status }) => parent === comment && status === 'visible').length,
        }));
      const ownHeld = (comment: ModelComment): boolean =>
        comment.author === 1 && comment.status === 'held' && (comment.parent === null || isInTheOpen(comment.parent));

      expect(shape(allPages(db, null, size))).toEqual(expected(isInTheOpen));
      expect(shape(allPages(db, MODERATOR, size))).toEqual(expected(() => true));
      expect(shape(allPages(db, MEMBER_1, size))).toEqual(
        expected((comment) => isInTheOpen(comment) || ownHeld(comment)),
      );
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('is the same however the events came in batches, and counts what is visible', () => {
    const property = fc.property(steps, fc.integer({ min: 1, max: 20 }), (sequence, batch) => {
      const model = played(sequence);
      const db = folded(model.events, batch);
      const visible = model.comments.filter((comment) => comment.status === 'visible');

      expect(digestOf(db, threadView)).toBe(digestOf(folded(model.events, Number.POSITIVE_INFINITY), threadView));
      expect(visibleComments(db, visiblePost(db, POST, null).id)).toBe(visible.filter(isInTheOpen).length);
      expect(commentsBy(db, idOf('member', 1))).toBe(visible.filter(({ author }) => author === 1).length);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('gives no comment twice and leaves none out, while others are posted between the pages', () => {
    const property = fc.property(steps, steps, sorts, (sequence, later, sort) => {
      const model = played(sequence);
      const db = openViewForWriting(':memory:', threadView);
      const writer = new ViewWriter(threadView, ':memory:', db);
      const catchUp = (): unknown => writer.fold(model.events, model.events.at(-1)?.position ?? 0n);
      catchUp();
      const before = model.comments.filter(isInTheOpen).map(({ number }) => idOf('comment', number));
      const posts = later.filter(({ act }) => act === 'post');
      const seen: string[] = [];
      let cursor = null;
      do {
        const page = threadPage(
          db,
          { post: visiblePost(db, POST, null), scope: { sees: 'reader' } },
          { sort, limit: 2, most: 2, cursor },
        );
        seen.push(...page.rows.map(({ id }) => idText(id)));
        if (seen.length > MOST) throw new Error('the pages have no end');
        cursor = page.next;
        const next = posts.pop();
        if (next) model.play(next);
        catchUp();
      } while (cursor !== null);

      expect(new Set(seen).size).toBe(seen.length);
      expect(before.filter((id) => !seen.includes(id))).toEqual([]);
    });
    fc.assert(property, { numRuns: 300 });
  });
});
