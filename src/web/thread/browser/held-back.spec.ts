import { describe, expect, it } from '@jest/globals';
import type { Comment } from '../../../../libs/client/shapes.ts';
import { elementsOf } from '../parts/page-budget.ts';
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
const A_COMMENT = elementsOf(comment('x'));

const before = [comment('a'), comment('b', 'a')];
const now = [comment('a'), comment('b', 'a'), comment('c', 'b'), comment('d', 'c'), comment('e'), comment('f', 'e')];

describe('held back comments', () => {
  it('are only those that arrive, and that would move what is read', () => {
    const held = new HeldBack(before);

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
    const held = new HeldBack(before);

    held.take(
      now,
      judging(() => true),
    );

    expect(ids(held.shown(now))).toEqual(['a', 'b']);
    expect(held.waiting(now)).toEqual({ b: 2, '': 2 });
  });

  it('are shown with all that waits below them', () => {
    const held = new HeldBack(before);
    held.take(
      now,
      judging(() => true),
    );

    expect(held.reveal(now, '')).toEqual(['e', 'f']);

    expect(ids(held.shown(now))).toEqual(['a', 'b', 'e', 'f']);
    expect(held.waiting(now)).toEqual({ b: 2 });
  });

  it('are not counted once they were removed', () => {
    const held = new HeldBack(before);
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
    const held = new HeldBack(before, A_COMMENT);

    held.take(
      now,
      judging(() => false, { own: 'f' }),
    );
    held.take([...now, comment('g')], still);

    expect(ids(held.shown([...now, comment('g')]))).toEqual(['a', 'b', 'c']);
    expect(held.folds([...now, comment('g')], {})).toEqual({
      folds: { a: { count: 1, href: '/comments/d' } },
      later: 3,
    });
    expect(held.waiting(now)).toEqual({});
  });

  it('count what waits as shown, so that there is room for it when it is called', () => {
    const held = new HeldBack(before, 2 * A_COMMENT);

    held.take(
      now,
      judging(() => true),
    );

    expect(held.waiting(now)).toEqual({ b: 2 });
    expect(held.reveal(now, 'b')).toEqual(['c', 'd']);
    expect([held.room(now), held.folds(now, {}).later]).toEqual([0, 2]);
  });

  it('come into sight as far as there is room, once another conversation has made some', () => {
    const held = new HeldBack([comment('a'), comment('b', 'a'), comment('e'), comment('f', 'e')], 0);
    held.take(now, still);
    expect(held.unfold(now, 'a')).toEqual([]);

    held.fold(now, 'e');

    expect(held.unfold(now, 'a')).toEqual(['c']);
    expect(ids(held.shown(now))).toEqual(['a', 'b', 'c', 'e']);
    expect(held.folds(now, {}).folds).toEqual({
      a: { count: 1, href: '/comments/d' },
      e: { count: 1, href: '/comments/f' },
    });
  });

  it('are no news when they were asked for, and add to what the page left out itself', () => {
    const held = new HeldBack(before);
    held.foldAway(now);

    expect(held.take(now, still).all).toEqual([]);
    expect(held.folds(now, { a: { count: 5, href: '/there' } }).folds).toEqual({ a: { count: 7, href: '/there' } });
  });

  it('have answers folded whose conversation has a gap before them', () => {
    const held = new HeldBack(before);

    held.take(
      now,
      judging(() => false, { gap: 'a' }),
    );

    expect(ids(held.shown(now))).toEqual(['a', 'b', 'e', 'f']);
  });
});
