import { describe, expect, it } from '@jest/globals';
import type { Comment } from '../../../../libs/client/shapes.ts';
import { sizingFor } from '../parts/page-budget.ts';
import { HeldBack } from './held-back.ts';

function comment(id: string, parentId: string | null = null, status: Comment['status'] = 'visible'): Comment {
  const times = { createdAt: '2015-10-05T08:00:00.000Z', editedAt: null };
  const texts = { author: null, bodyHtml: null, body: null, reactions: {} };
  return {
    id,
    postId: 'p',
    parentId,
    depth: parentId === null ? 0 : 1,
    status,
    revision: 0,
    replyCount: 0,
    position: '1',
    ...times,
    ...texts,
  };
}
const ids = (comments: readonly Comment[]): readonly string[] => comments.map(({ id }) => id);

const judging = (wouldMove: (one: Comment) => boolean, more: { own?: string; gap?: string } = {}) => ({
  isOwn: ({ id }: Comment) => id === more.own,
  wouldMove,
  isAfterGap: (_: Comment, rootId: string) => rootId === more.gap,
});
/** Elements of one of these comments. */
const sizeOf = sizingFor(null);
const A_COMMENT = sizeOf(comment('x'));

const NOTHING_LEFT = { folds: {}, beyond: {} };

const before = [comment('a'), comment('b', 'a')];
const now = [comment('a'), comment('b', 'a'), comment('c', 'b'), comment('d', 'c'), comment('e'), comment('f', 'e')];

describe('held back comments', () => {
  it('are only those that arrive, and that would move what is read', () => {
    const held = new HeldBack(before, { sizeOf });

    const arrivals = held.take(
      now,
      judging(({ id }) => id === 'e'),
    );

    expect([ids(arrivals.all), arrivals.shown]).toEqual([
      ['c', 'd', 'e', 'f'],
      ['c', 'd'],
    ]);
    expect(ids(held.shown(now))).toEqual(['a', 'b', 'c', 'd']);
    expect(
      held.take(
        now,
        judging(() => true),
      ),
    ).toEqual({ all: [], shown: [] });
  });

  it('wait below the nearest comment that is shown', () => {
    const held = new HeldBack(before, { sizeOf });

    held.take(
      now,
      judging(() => true),
    );

    expect(ids(held.shown(now))).toEqual(['a', 'b']);
    expect(held.waiting(now)).toEqual({ b: 2, '': 2 });
  });

  it('are shown with all that waits below them', () => {
    const held = new HeldBack(before, { sizeOf });
    held.take(
      now,
      judging(() => true),
    );

    expect(held.reveal(now, '')).toEqual(['e', 'f']);

    expect(ids(held.shown(now))).toEqual(['a', 'b', 'e', 'f']);
    expect(held.waiting(now)).toEqual({ b: 2 });
  });

  it('are not counted once they were removed', () => {
    const held = new HeldBack(before, { sizeOf });
    held.take(
      now,
      judging(() => true),
    );

    const later = now.map((one) => (one.id === 'c' ? comment('c', 'b', 'removed') : one));

    expect(held.waiting(later)).toEqual({ b: 1, '': 2 });
  });
});

describe('comments that a page has no room for', () => {
  const still = judging(() => false);

  it('are folded into their conversation, or belong on a later page; one of the reader’s own is shown', () => {
    const held = new HeldBack(before, { sizeOf, room: A_COMMENT });

    held.take(
      now,
      judging(() => false, { own: 'f' }),
    );
    held.take([...now, comment('g')], still);

    expect(ids(held.shown([...now, comment('g')]))).toEqual(['a', 'b', 'c']);
    expect(held.left([...now, comment('g')], NOTHING_LEFT)).toEqual({
      folds: { a: { count: 1, href: '/comments/d' } },
      beyond: { a: 1, b: 1, c: 1, e: 1 },
      later: 3,
    });
    expect(held.waiting(now)).toEqual({});
  });

  it('count what waits as shown, so that there is room for it when it is called', () => {
    const held = new HeldBack(before, { sizeOf, room: 2 * A_COMMENT });

    held.take(
      now,
      judging(() => true),
    );

    expect(held.waiting(now)).toEqual({ b: 2 });
    expect(held.reveal(now, 'b')).toEqual(['c', 'd']);
    expect([held.room(now), held.left(now, NOTHING_LEFT).later]).toEqual([0, 2]);
  });

  it('come into sight together, once another conversation has made room for all of them', () => {
    const start = [comment('a'), comment('b', 'a'), comment('e'), comment('f', 'e'), comment('g', 'f')];
    const all = [comment('a'), comment('b', 'a'), comment('c', 'b'), comment('d', 'c'), ...start.slice(2)];
    const held = new HeldBack(start, { sizeOf, room: 0 });
    held.take(all, still);
    const folded = held.folded(all, 'a');
    expect([ids(folded), held.hasRoomFor(folded, all)]).toEqual([['c', 'd'], false]);

    held.fold(all, 'e');

    expect(held.hasRoomFor(folded, all)).toBe(true);
    held.unfold(folded);
    expect(ids(held.shown(all))).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(held.left(all, NOTHING_LEFT)).toEqual({
      folds: { e: { count: 2, href: '/comments/f' } },
      beyond: { e: 2, f: 1 },
      later: 0,
    });
  });

  it('are named up to where a gap begins', () => {
    const held = new HeldBack([], { sizeOf });
    held.foldAway(now);

    expect([ids(held.folded(now, 'a')), ids(held.folded(now, 'a', 'c'))]).toEqual([
      ['a', 'b', 'c', 'd'],
      ['a', 'b', 'c'],
    ]);
  });

  it('are no news when they were asked for, and add to what the page left out itself', () => {
    const held = new HeldBack(before, { sizeOf });
    held.foldAway(now);

    expect(held.take(now, still).all).toEqual([]);
    expect(held.left(now, { ...NOTHING_LEFT, folds: { a: { count: 5, href: '/there' } } }).folds).toEqual({
      a: { count: 7, href: '/there' },
    });
  });

  it('have answers folded whose conversation has a gap before them', () => {
    const held = new HeldBack(before, { sizeOf });

    held.take(
      now,
      judging(() => false, { gap: 'a' }),
    );

    expect(ids(held.shown(now))).toEqual(['a', 'b', 'e', 'f']);
  });
});
