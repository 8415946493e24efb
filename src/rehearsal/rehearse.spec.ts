import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commentEdited, commentPosted, idOf, SmallForum } from '../../test/views/small-forum.ts';
import type { CommentDecided, CommentJudged } from '../domain/comment/decision.events.ts';
import type { ForumEvent } from '../domain/event-types.ts';
import { FIRST_POLICY, type Policy, type Rule } from '../domain/policy/policy.settings.ts';
import { rehearse } from './rehearse.ts';

const off: Policy = { rules: FIRST_POLICY.rules.map((rule): Rule => ({ ...rule, on: false })) };
const withRules = (...rules: readonly Rule[]): Policy => ({
  rules: off.rules.map((rule) => rules.find((one) => one.rule === rule.rule) ?? rule),
});
const banning: Rule = { rule: 'banned-words', on: true, words: ['casino'], measure: 'reject' };
const ids = (n: number) => ({ commentId: idOf('comment', n), postId: idOf('post', 1) });
const judged = (n: number, measure: CommentJudged['data']['measure']): ForumEvent => ({
  type: 'CommentJudged.v1',
  data: { ...ids(n), measure, policyVersion: 1, rules: ['links'] },
  personal: { matched: ['9 links'] },
});
const decided = (n: number, to: CommentDecided['data']['to'], undoes: string | null = null): ForumEvent => ({
  type: 'CommentDecided.v1',
  data: {
    ...ids(n),
    decisionId: idOf('decision', `${n} ${to} ${undoes}`),
    action: to === 'visible' ? 'approve' : 'remove',
    from: 'visible',
    to,
    hidden: false,
    reason: 'spam',
    revision: 0,
    seen: { policyVersion: 1, reports: [], surroundings: [] },
    bulkId: null,
    undoes,
  },
  personal: { note: '' },
});
const at = (minute: number) => `2015-10-02T08:${String(minute).padStart(2, '0')}:00.000Z`;

let forum: SmallForum;
beforeAll(async () => {
  forum = await SmallForum.open();
  for (const n of [1, 2]) await forum.member(n);
  await forum.member(9, ['member', 'moderator']);
  await forum.post(1);
  const say = (n: number, author: number, facts: readonly ForumEvent[], body: string) =>
    forum.record(`comment-${idOf('comment', n)}`, [commentPosted(n, { author, body }), ...facts], at(n));
  await say(1, 1, [], 'A fair word');
  await say(2, 1, [], 'Best CASINO in town');
  await say(3, 2, [judged(3, 'hold')], 'Links and links');
  await say(
    4,
    2,
    [{ type: 'CommentLanguageSet.v1', data: { ...ids(4), language: 'vi' }, personal: null }],
    'casino again',
  );
  await say(5, 9, [], 'casino, said a moderator');
  await say(6, 1, [], 'Something else');
  await forum.record(`comment-${idOf('comment', 6)}`, [commentEdited(6, 'Now a casino', 1, 'de')], at(20));
  await forum.record(`comment-${idOf('comment', 2)}`, [decided(2, 'removed')], at(30));
  await forum.record(`comment-${idOf('comment', 3)}`, [decided(3, 'visible')], at(31));
  await forum.record(`comment-${idOf('comment', 1)}`, [decided(1, 'removed')], at(32));
  await forum.record(`comment-${idOf('comment', 4)}`, [decided(4, 'removed')], at(33));
  await forum.record(`comment-${idOf('comment', 4)}`, [decided(4, 'visible', 'x')], at(34));
});
afterAll(() => forum.close());

const play = (policy: Policy, from: string | null = null, to: string | null = null) =>
  rehearse({ policy, from, to }, { store: forum.store, vault: forum.vault });

describe('a rehearsal', () => {
  it('tells that it has begun before it reads anything, and at last that it is through', async () => {
    const told: unknown[] = [];
    const store = {
      head: () => forum.store.head(),
      readAll: (options?: Parameters<typeof forum.store.readAll>[0]) => {
        told.push('reads');
        return forum.store.readAll(options);
      },
    };
    const head = await forum.store.head();
    const onProgress = (progress: unknown): unknown => told.push(progress);
    await rehearse({ policy: off, from: null, to: null }, { store, vault: forum.vault, onProgress });
    expect(told).toEqual([{ comments: 0, position: 0n, head }, 'reads', { comments: 7, position: head, head }]);
  });

  it('tells what another policy would have done, and how far moderators agree', async () => {
    const found = { rule: 'banned-words', matched: 'casino' };
    expect(await play(withRules(banning))).toEqual({
      from: null,
      to: null,
      comments: 7,
      changed: 4,
      released: 1,
      byRule: { 'banned-words': { caught: 3, newlyCaught: 3, changed: 3 } },
      // Decided on for good: 1 and 2 turned down, 3 kept; what was decided on 4 was taken back.
      agreement: { ruledOn: 3, precision: 1, recall: 0.5 },
      registrations: null,
      examples: [
        {
          commentId: idOf('comment', 2),
          at: at(2),
          excerpt: 'Best CASINO in town',
          was: 'published',
          wouldBe: 'reject',
          findings: [{ ...found, matched: 'CASINO' }],
          ruled: 'turned-down',
        },
        {
          commentId: idOf('comment', 3),
          at: at(3),
          excerpt: 'Links and links',
          was: 'hold',
          wouldBe: 'published',
          findings: [],
          ruled: 'kept',
        },
        {
          commentId: idOf('comment', 4),
          at: at(4),
          excerpt: 'casino again',
          language: 'vi',
          was: 'published',
          wouldBe: 'reject',
          findings: [found],
          ruled: null,
        },
        {
          commentId: idOf('comment', 6),
          at: at(20),
          excerpt: 'Now a casino',
          language: 'de',
          was: 'published',
          wouldBe: 'reject',
          findings: [found],
          ruled: null,
        },
      ],
    });
  });

  it('judges what was written while a comment was hidden when the decision is taken back, and not when it was decided on', async () => {
    const other = await SmallForum.open();
    for (const n of [1, 9]) await other.member(n);
    await other.post(1);
    const said = (n: number, facts: readonly ForumEvent[]) =>
      other.record(`comment-${idOf('comment', n)}`, [commentPosted(n, { author: 1, body: 'Hello' }), ...facts], at(n));
    await said(1, [decided(1, 'held'), commentEdited(1, 'A casino'), decided(1, 'visible', 'x'), judged(1, 'report')]);
    await said(2, [decided(2, 'held'), commentEdited(2, 'A casino'), decided(2, 'visible')]);
    await said(3, [decided(3, 'held'), decided(3, 'visible', 'x')]);

    const wish = { policy: withRules(banning), from: null, to: null };
    const result = await rehearse(wish, { store: other.store, vault: other.vault });
    expect(result).toMatchObject({
      comments: 4,
      changed: 1,
      examples: [{ commentId: idOf('comment', 1), excerpt: 'A casino', was: 'report', wouldBe: 'reject' }],
    });
    await other.close();
  });

  it('looks at the period alone, with what was known of the authors before', async () => {
    const newcomers: Rule = { rule: 'newcomer', on: true, firstComments: 2, firstDays: 0, measure: 'hold' };
    const result = await play(withRules(newcomers), at(2), at(6));
    expect(result).toMatchObject({ from: at(2), to: at(6), comments: 4, changed: 2 });
    expect(result.examples.map(({ commentId, wouldBe }) => [commentId, wouldBe])).toEqual([
      [idOf('comment', 2), 'hold'],
      [idOf('comment', 4), 'hold'],
    ]);
  });

  it('changes nothing, and refuses what could not be set', async () => {
    const head = await forum.store.head();
    await play(off);
    expect(await forum.store.head()).toBe(head);
    await expect(play({ rules: [] })).rejects.toMatchObject({ code: 'invalid' });
  });
});
