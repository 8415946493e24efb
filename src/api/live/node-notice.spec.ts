import { describe, expect, it } from '@jest/globals';
import { MOST_NOTICE_BYTES } from '../../../libs/event-store/notices.ts';
import { type Claimed, claimedCases, type FollowedThread, followedThreads, nodeNotice } from './node-notice.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const claimed = (n: number): Claimed => ({
  commentId: id(n),
  memberId: id(n + 1),
  since: 1_795_000_000_000 + n,
  until: 1_795_000_120_000 + n,
});

describe('what a node tells of its readers', () => {
  it('is heard as it was told', () => {
    const threads: readonly FollowedThread[] = [
      { postId: id(1), readers: 7, typing: [id(100), id(101)] },
      { postId: id(2), readers: 1, typing: [] },
    ];

    const { notice, left } = nodeNotice({ threads, claims: [] });

    expect(left).toBe(0);
    expect([...followedThreads(JSON.parse(JSON.stringify(notice))).values()]).toEqual(threads);
  });

  it('fits a notice however many threads there are: those with most readers are told of', () => {
    const threads = Array.from({ length: 5_000 }, (_, n) => ({
      postId: id(n),
      readers: (n * 7919) % 5_000,
      typing: [],
    }));

    const { notice, left } = nodeNotice({ threads, claims: [] });
    const told = [...followedThreads(notice).values()];

    expect(Buffer.byteLength(JSON.stringify(notice))).toBeLessThanOrEqual(MOST_NOTICE_BYTES);
    expect(Buffer.byteLength(JSON.stringify(notice))).toBeGreaterThan(MOST_NOTICE_BYTES - 100);
    expect(told.length + left).toBe(5_000);
    expect(told.map(({ readers }) => readers)).toEqual(told.map((_, n) => 4_999 - n));
  });

  it('says which cases are looked at, by whom', () => {
    const { notice } = nodeNotice({ threads: [], claims: [claimed(1), claimed(2)] });

    expect([...claimedCases(JSON.parse(JSON.stringify(notice))).values()]).toEqual([claimed(1), claimed(2)]);
  });

  it('fits a notice with more claims than a forum has moderators, and readers beside them', () => {
    const threads = Array.from({ length: 5_000 }, (_, n) => ({ postId: id(n), readers: 1, typing: [] }));
    const { notice } = nodeNotice({ threads, claims: Array.from({ length: 1_000 }, (_, n) => claimed(n)) });

    expect(Buffer.byteLength(JSON.stringify(notice))).toBeLessThanOrEqual(MOST_NOTICE_BYTES);
    expect(claimedCases(notice).size).toBe(200);
    expect(followedThreads(notice).size).toBeGreaterThan(800);
  });

  it.each([
    null,
    7,
    'presence',
    [],
    {},
    { presence: 'x' },
    { presence: [null, 7, [], [7, 7], [id(1)], [id(1), -1], [id(1), 1.5], [id(1), '1'], { postId: id(1) }] },
    { claims: [null, 7, [], [id(1)], [id(1), id(2), -1, 1], [id(1), 3, 1, 2], { commentId: id(1) }] },
  ])('is passed over in the form %j', (notice) => {
    expect([...followedThreads(notice), ...claimedCases(notice)]).toEqual([]);
  });

  it('is heard in the parts that are known', () => {
    const notice = { claims: [1], presence: [['odd'], [id(1), 2, 7, id(5)]] };

    expect([...followedThreads(notice).values()]).toEqual([{ postId: id(1), readers: 2, typing: [id(5)] }]);
  });
});
