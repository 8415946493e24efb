import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AT, idOf, SmallForum } from '../../../test/views/small-forum.ts';
import { writeNumberCursor } from '../cursor.ts';
import { idText } from '../ids.ts';
import { commentsOf } from './door/moderators-reads.ts';
import { publicComments } from './public-comments.ts';
import { saidPlace } from './said-order.ts';
import type { CommentRow } from './thread.reads.ts';

const MEMBER = idOf('member', 1);
const LIST = 'a list';
const minute = (n: number): string => new Date(Date.parse(AT) + n * 60_000).toISOString();

let forum: SmallForum;

beforeAll(async () => {
  forum = await SmallForum.open();
  await forum.member(1);
  await forum.post(1);
  // As an import brings them, which goes post by post.
  for (const [n, said] of [5, 2, 4, 2, 1].entries()) await forum.comment(n + 1, { at: minute(said) });
});
afterAll(() => forum.close());

const numbers = (rows: readonly CommentRow[]) =>
  rows.map(({ id }) => [1, 2, 3, 4, 5].find((n) => idOf('comment', n) === idText(id)));

describe("a member's comments", () => {
  it('come in the order in which they were said, the last one first, whole over its pages', () => {
    const db = forum.views.db('thread');
    const pages = [];
    let cursor: string | null = null;
    do {
      const page = publicComments(db, { memberId: MEMBER, from: saidPlace(db, cursor, LIST), limit: 2 });
      pages.push(numbers(page.rows));
      cursor = page.next === null ? null : writeNumberCursor(page.next, LIST);
    } while (cursor !== null);

    expect(pages).toEqual([[1, 3], [4, 2], [5]]);
  });

  it('come so to moderators too', () => {
    const pages = [];
    let cursor: string | null = null;
    do {
      const page: ReturnType<typeof commentsOf> = commentsOf(forum.views, MEMBER, { status: null, limit: 2, cursor });
      pages.push(numbers(page.rows));
      cursor = page.next;
    } while (cursor !== null);

    expect(pages).toEqual([[1, 3], [4, 2], [5]]);
  });

  it('are found in an index in that order, so that a page of a member with many costs no more', () => {
    const plan = forum.views
      .db('thread')
      .prepare(
        'EXPLAIN QUERY PLAN SELECT n FROM comment WHERE author = 1 AND created_at <= 9 ORDER BY created_at DESC, n DESC',
      )
      .all()
      .map((row) => String(Reflect.get(Object(row), 'detail')));

    expect(plan).toEqual([
      'SEARCH comment USING COVERING INDEX comment_said (author=? AND created_at<?)',
      'USE TEMP B-TREE FOR LAST TERM OF ORDER BY',
    ]);
  });

  it('begin nowhere at the cursor of a comment that is not there', () => {
    expect(() => saidPlace(forum.views.db('thread'), writeNumberCursor(99n, LIST), LIST)).toThrow('The cursor');
  });
});
