import { describe, expect, it } from '@jest/globals';
import type { Comment } from '../../../../libs/client/shapes.ts';
import { addRead, applyChanges, type Thread, threadOf } from '../../../../libs/client/thread-fold.ts';
import type { CommentSort } from '../../../../libs/words/index.ts';
import { translator } from '../../shell/i18n/translate.ts';
import type { ThreadPageInfo } from '../parts/context.ts';
import { countOf, elsewhereOf, isElsewhere, laterOf, onPage, type StartedPage, withUnsent } from './drawing.ts';
import { unsentComment } from './unsent-comment.ts';

const AUTHOR = { id: 'm', handle: 'mali', displayName: 'Mali' };

/** A comment posted in the n-th second. */
function comment(n: number, parentId: string | null = null): Comment {
  const createdAt = new Date(Date.UTC(2015, 9, 5, 8, 0, n)).toISOString();
  const texts = { author: AUTHOR, bodyHtml: '<p>x</p>', body: 'x', reactions: {}, editedAt: null };
  const counts = { revision: 0, replyCount: 0, position: String(n) };
  return {
    id: `c${n}`,
    postId: 'p',
    parentId,
    depth: parentId === null ? 0 : 1,
    status: 'visible',
    createdAt,
    ...texts,
    ...counts,
  };
}

function page(
  sort: CommentSort,
  shown: readonly number[],
  { cursor, next }: Pick<ThreadPageInfo, 'cursor' | 'next'>,
): StartedPage & { readonly thread: Thread } {
  const items = shown.map((n) => comment(n));
  const thread = threadOf('p', sort, { items, next, total: 4, position: '10', hasGaps: cursor !== null });
  const info: ThreadPageInfo = {
    post: { id: 'p', slug: 'p', authorId: null, locale: 'en' },
    viewer: { memberId: 'me', handle: 'me', displayName: 'Me', roles: ['member'], stop: null },
    sort,
    cursor,
    previous: null,
    next,
    last: null,
    locale: 'en',
    now: 0,
    mostCharacters: 10_000,
    deepest: 10,
  };
  return { page: info, translator: translator('en', { 'error.too_deep': 'Too deep.' }), thread, count: 4 };
}

function posted(thread: Thread, ...comments: readonly Comment[]): Thread {
  const changes = comments.map((one) => ({
    position: one.position,
    at: one.createdAt,
    kind: 'comment-posted' as const,
    comment: one,
  }));
  const all = 4 + comments.length;
  return applyChanges(thread, changes, { total: all, visible: all });
}

describe('what belongs on a page', () => {
  it('is all that comes, on the first and only one', () => {
    const start = page('oldest', [1, 2, 3, 4], { cursor: null, next: null });
    const now = posted(start.thread, comment(11), comment(12, 'c1'));

    const shown = onPage(now, start);

    expect(shown.map(({ id }) => id)).toEqual(['c1', 'c12', 'c2', 'c3', 'c4', 'c11']);
    expect([laterOf(now, shown, { start, asked: 0 }), countOf(now, start)]).toEqual([0, 6]);
  });

  it('is no new comment at the end while other pages follow; it is told of and counted', () => {
    const start = page('oldest', [1, 2], { cursor: null, next: 'more' });
    const now = posted(start.thread, comment(11));

    const shown = onPage(now, start);
    const later = laterOf(now, shown, { start, asked: 0 });

    expect([shown.length, later, countOf(now, start)]).toEqual([2, 1, 5]);
  });

  it('is told of as new only where it is, not where the reader asked for what was there before', () => {
    const start = page('oldest', [1, 2], { cursor: null, next: 'more' });
    const brought = addRead(start.thread, [comment(3, 'c1'), comment(4, 'c1')], '10');
    const now = posted(brought, comment(11));

    expect(laterOf(brought, onPage(brought, start), { start, asked: 2 })).toBe(0);
    expect(laterOf(now, onPage(now, start), { start, asked: 2 })).toBe(1);
  });

  it('is no new comment at the top of a later page, newest first; answers to what it shows are', () => {
    const start = page('newest', [2, 1], { cursor: 'second', next: null });
    const now = posted(start.thread, comment(11), comment(12, 'c11'), comment(13, 'c2'));

    const shown = onPage(now, start);

    expect(shown.map(({ id }) => id)).toEqual(['c2', 'c13', 'c1']);
    expect(laterOf(now, shown, { start, asked: 0 })).toBe(2);
  });

  it('counts all pages as the page says until the forum has told', () => {
    const start = page('oldest', [1, 2], { cursor: null, next: 'more' });

    expect(countOf(start.thread, start)).toBe(4);
    expect(countOf(applyChanges(start.thread, [], { visible: 9 }), start)).toBe(4);
  });

  it('is not the first page, when a thread was read anew from there', () => {
    const start = page('oldest', [3, 4], { cursor: 'second', next: null });
    const anew = page('oldest', [1, 2], { cursor: null, next: 'second' });

    expect([isElsewhere(start.thread, start), isElsewhere(anew.thread, start)]).toEqual([false, true]);
    expect(isElsewhere(anew.thread, anew)).toBe(false);
  });
});

describe('an unsent comment', () => {
  const start = page('oldest', [1], { cursor: null, next: null });
  const entry = { id: 'mine', postId: 'p', parentId: 'c1', body: 'Mine', writtenAt: '2015-10-05T09:00:00.000Z' };

  it('stands below what it answers, by its author', () => {
    const shown = unsentComment({ ...entry, state: 'sending', problem: null }, start.thread.comments, {
      ...start,
      connection: 'live',
    });

    expect(shown).toEqual({
      id: 'mine',
      postId: 'p',
      parentId: 'c1',
      depth: 1,
      author: { id: 'me', handle: 'me', displayName: 'Me', roles: ['member'] },
      body: 'Mine',
      bodyHtml: null,
      status: 'visible',
      createdAt: entry.writtenAt,
      editedAt: null,
      revision: 0,
      replyCount: 0,
      reactions: {},
      position: '0',
      delivery: { kind: 'sending' },
    });
  });

  it.each([
    ['oldest', ['c2', 'c1', 'top', 'answer']],
    ['newest', ['top', 'c2', 'c1', 'answer']],
  ] as const)('comes after what it answers, and at the top of the %s where it answers nothing', (sort, order) => {
    const unsent = [
      { ...comment(8, null), id: 'top' },
      { ...comment(9, 'c1'), id: 'answer' },
    ];

    expect(withUnsent([comment(2), comment(1)], unsent, { sort }).map(({ id }) => id)).toEqual(order);
  });

  it('says why it waits or was refused', () => {
    const delivery = (state: 'waiting' | 'sending' | 'failed', code: string | null, connection: 'live' | 'offline') => {
      const problem = code === null ? null : { code, detail: 'In English.' };
      return unsentComment({ ...entry, state, problem }, [], { ...start, connection }).delivery;
    };

    expect(delivery('waiting', null, 'offline')).toEqual({ kind: 'waiting', reason: null });
    expect(delivery('sending', 'unheard_of', 'live')).toEqual({ kind: 'waiting', reason: 'In English.' });
    expect(delivery('failed', 'too_deep', 'live')).toEqual({
      kind: 'refused',
      reason: 'Too deep.',
      isSignedOut: false,
    });
    expect(delivery('failed', 'token_expired', 'live')).toMatchObject({ kind: 'refused', isSignedOut: true });
  });
});

describe('one’s own comment whose place is on another page', () => {
  const own = { ...comment(12), author: { ...AUTHOR, id: 'me' } };
  const inside = page('oldest', [1, 2], { cursor: 'c', next: null });

  it.each([
    ['the first of several, oldest first', page('oldest', [1, 2], { cursor: null, next: 'n' }), ['c12']],
    ['the last, oldest first', page('oldest', [1, 2], { cursor: 'c', next: null }), []],
    ['the first of several, newest first', page('newest', [2, 1], { cursor: null, next: 'n' }), []],
    ['a later one, newest first', page('newest', [2, 1], { cursor: 'c', next: 'n' }), ['c12']],
    ['the first of several, best first', page('best', [1, 2], { cursor: null, next: 'n' }), ['c12']],
    ['inside a conversation', { ...inside, page: { ...inside.page, whole: null } }, ['c12']],
  ])('is known on this page: %s', (_name, started, expected) => {
    const answer = { ...comment(13, 'c1'), author: { ...AUTHOR, id: 'me' } };

    const found = elsewhereOf([...started.thread.comments, own, answer, comment(11)], started);

    expect([...found]).toEqual(expected);
  });

  it('stays in sight on a later page where the newest come first', () => {
    const started = page('newest', [2, 1], { cursor: 'c', next: 'n' });

    const shown = onPage(posted(started.thread, comment(11), own), started);

    expect(shown.map(({ id }) => id)).toEqual(['c12', 'c2', 'c1']);
  });
});
