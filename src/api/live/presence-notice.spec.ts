import { describe, expect, it } from '@jest/globals';
import { MOST_NOTICE_BYTES } from '../../../libs/event-store/notices.ts';
import { type Following, followedThreads, presenceNotice } from './presence-notice.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe('what a node tells of its readers', () => {
  it('is heard as it was told', () => {
    const threads: readonly Following[] = [
      { postId: id(1), readers: 7, typing: [id(100), id(101)] },
      { postId: id(2), readers: 1, typing: [] },
    ];

    const { notice, left } = presenceNotice(threads);

    expect(left).toBe(0);
    expect([...followedThreads(JSON.parse(JSON.stringify(notice))).values()]).toEqual(threads);
  });

  it('fits a notice however many threads there are: those with most readers are told of', () => {
    const threads = Array.from({ length: 5_000 }, (_, n) => ({
      postId: id(n),
      readers: (n * 7919) % 5_000,
      typing: [],
    }));

    const { notice, left } = presenceNotice(threads);
    const told = [...followedThreads(notice).values()];

    expect(Buffer.byteLength(JSON.stringify(notice))).toBeLessThanOrEqual(MOST_NOTICE_BYTES);
    expect(Buffer.byteLength(JSON.stringify(notice))).toBeGreaterThan(MOST_NOTICE_BYTES - 100);
    expect(told.length + left).toBe(5_000);
    expect(told.map(({ readers }) => readers)).toEqual(told.map((_, n) => 4_999 - n));
  });

  it.each([
    null,
    7,
    'presence',
    [],
    {},
    { presence: 'x' },
    { presence: [null, 7, [], [7, 7], [id(1)], [id(1), -1], [id(1), 1.5], [id(1), '1'], { postId: id(1) }] },
  ])('is passed over in the form %j', (notice) => {
    expect([...followedThreads(notice)]).toEqual([]);
  });

  it('is heard in the parts that are known', () => {
    const notice = { claims: [1], presence: [['odd'], [id(1), 2, 7, id(5)]] };

    expect([...followedThreads(notice).values()]).toEqual([{ postId: id(1), readers: 2, typing: [id(5)] }]);
  });
});
