import { describe, expect, it } from '@jest/globals';
import type { Comment } from '../../../libs/client/shapes.ts';
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

const before = [comment('a'), comment('b', 'a')];
const now = [comment('a'), comment('b', 'a'), comment('c', 'b'), comment('d', 'c'), comment('e'), comment('f', 'e')];

describe('held back comments', () => {
  it('are only those that arrive, and that would move what is read', () => {
    const held = new HeldBack(before);

    const arrivals = held.take(now, ({ id }) => id === 'e');

    expect(ids(arrivals)).toEqual(['c', 'd', 'e', 'f']);
    expect(ids(held.shown(now))).toEqual(['a', 'b', 'c', 'd']);
    expect(held.take(now, () => true)).toEqual([]);
  });

  it('wait below the nearest comment that is shown', () => {
    const held = new HeldBack(before);

    held.take(now, () => true);

    expect(ids(held.shown(now))).toEqual(['a', 'b']);
    expect(held.waiting(now)).toEqual({ b: 2, '': 2 });
  });

  it('are shown with all that waits below them', () => {
    const held = new HeldBack(before);
    held.take(now, () => true);

    expect(held.reveal(now, '')).toEqual(['e', 'f']);

    expect(ids(held.shown(now))).toEqual(['a', 'b', 'e', 'f']);
    expect(held.waiting(now)).toEqual({ b: 2 });
  });

  it('are not counted once they were removed', () => {
    const held = new HeldBack(before);
    held.take(now, () => true);

    const later = now.map((one) => (one.id === 'c' ? comment('c', 'b', 'removed') : one));

    expect(held.waiting(later)).toEqual({ b: 1, '': 2 });
  });
});
