import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DecisionAction } from '../../../libs/words/index.ts';
import { commentHeld, commentRemoved, idOf, SmallForum } from '../../../test/views/small-forum.ts';
import type { CommentDecided, CommentJudged } from '../../domain/comment/decision.events.ts';
import type { ForumEvent } from '../../domain/event-types.ts';
import { idBytes } from '../ids.ts';

let forum: SmallForum;
let next = 0;
beforeAll(async () => {
  forum = await SmallForum.open();
  await forum.member(1);
  await forum.post(1);
});
afterEach(async () => {
  expect(await forum.views.verify('moderation-queue')).toMatchObject({ equal: true });
  expect(await forum.views.verify('thread')).toMatchObject({ equal: true });
});
afterAll(() => forum.close());

/** The number of a new comment. */
async function comment(): Promise<number> {
  next += 1;
  await forum.comment(next);
  return next;
}

const AT = '2015-10-03T08:00:00.000Z';
const LATER = '2015-10-04T08:00:00.000Z';
const ids = (n: number) => ({ commentId: idOf('comment', n), postId: idOf('post', 1) });
const on = (n: number, facts: readonly ForumEvent[], at = AT) =>
  forum.record(`comment-${idOf('comment', n)}`, facts, at);
const report = (n: number, member: number, at = AT) =>
  forum.record(
    `report-${idOf('comment', n)}-${idOf('member', member)}`,
    [
      {
        type: 'CommentReported.v1',
        data: { ...ids(n), authorId: idOf('member', 1), memberId: idOf('member', member), reason: 'spam', revision: 0 },
        personal: { note: 'Look' },
      },
    ],
    at,
  );
const judged = (n: number, measure: CommentJudged['data']['measure']): ForumEvent => ({
  type: 'CommentJudged.v1',
  data: { ...ids(n), measure, policyVersion: 3, rules: ['links'] },
  personal: { matched: ['9 links'] },
});
type Status = CommentDecided['data']['to'];
const decided = (
  n: number,
  action: DecisionAction,
  [from, to]: readonly [Status, Status],
  { id = `${n} ${action}`, undoes = null }: { id?: string; undoes?: string | null } = {},
): ForumEvent => ({
  type: 'CommentDecided.v1',
  data: {
    ...ids(n),
    decisionId: idOf('decision', id),
    action,
    from,
    to,
    hidden: to === 'held' || to === 'rejected',
    reason: 'spam',
    revision: 0,
    seen: { policyVersion: 3, reports: [], surroundings: [] },
    bulkId: null,
    undoes: undoes === null ? null : idOf('decision', undoes),
  },
  personal: { note: '' },
});

/** All rows of the queue about one comment and its reporters. */
function stateOf(n: number) {
  const db = forum.views.db('moderation-queue');
  const key = idBytes(idOf('comment', n));
  const item = db.prepare<unknown[], Record<string, unknown>>(
    'SELECT status, flagged, list, score, since, entered FROM item WHERE comment = ?',
  );
  const reports = db.prepare<unknown[], Record<string, unknown>>(`
    SELECT r.n, outcome, upheld, dismissed FROM report r JOIN reporter USING (member) WHERE comment = ? ORDER BY r.n`);
  return { item: item.get(key), reports: reports.all(key) };
}
const [REPORTED, HELD, REJECTED] = [0, 1, 2];

describe('a comment comes to a list', () => {
  it('reported: when a member or the policy complains about what readers see', async () => {
    const one = await comment();
    const entered = await report(one, 5);
    expect(stateOf(one)).toEqual({
      item: { status: 0, flagged: 0, list: REPORTED, score: 500, since: Date.parse(AT), entered: Number(entered) },
      reports: [{ n: Number(entered), outcome: 0, upheld: 0, dismissed: 0 }],
    });
    await report(one, 6, LATER);
    expect(stateOf(one).item).toMatchObject({
      list: REPORTED,
      score: 1_000,
      since: Date.parse(AT),
      entered: Number(entered),
    });
    const two = await comment();
    await on(two, [judged(two, 'report')]);
    expect(stateOf(two).item).toMatchObject({ status: 0, flagged: 1, list: REPORTED, score: 1_000 });
  });

  it('held and rejected: by the policy, an import, a moderator', async () => {
    const [held, rejected, imported, ruled] = [await comment(), await comment(), await comment(), await comment()];
    await on(held, [judged(held, 'hold')]);
    await on(rejected, [judged(rejected, 'reject')]);
    await on(imported, [commentHeld(imported)]);
    await on(ruled, [decided(ruled, 'hold', ['visible', 'held'])]);
    expect([held, rejected, imported, ruled].map((n) => stateOf(n).item?.list)).toEqual([HELD, REJECTED, HELD, HELD]);
  });
});

describe('a decision', () => {
  it.each([
    ['approve', 'visible', 2, { upheld: 0, dismissed: 1 }, null],
    ['remove', 'removed', 1, { upheld: 1, dismissed: 0 }, null],
    ['reject', 'rejected', 1, { upheld: 1, dismissed: 0 }, REJECTED],
    ['hold', 'held', 0, { upheld: 0, dismissed: 0 }, HELD],
  ] as const)(
    '%s: says of its reporters what it says of the comment; taken back, all is as it was; again, too',
    async (action, to, outcome, counts, list) => {
      const n = await comment();
      const reporter = 100 + n;
      const position = await report(n, reporter);
      await on(n, [judged(n, 'report')]);
      const before = stateOf(n);
      await on(n, [decided(n, action, ['visible', to])], LATER);
      const after = stateOf(n);
      expect(after.reports).toEqual([{ n: Number(position), outcome, ...counts }]);
      expect(after.item).toMatchObject({ list, flagged: action === 'hold' ? 1 : 0 });

      const undo = { id: `undo ${n}`, undoes: `${n} ${action}` };
      await on(n, [decided(n, 'restore', [to, 'visible'], undo)], LATER);
      expect(stateOf(n)).toEqual(before);
      await on(n, [decided(n, action, ['visible', to], { id: `redo ${n}`, undoes: undo.id })], LATER);
      expect({ ...stateOf(n), item: { ...stateOf(n).item } }).toEqual(after);
    },
  );

  it('makes a reporter better known, wherever its other reports wait', async () => {
    const [one, two] = [await comment(), await comment()];
    await report(one, 70);
    await report(two, 70);
    await on(one, [decided(one, 'remove', ['visible', 'removed'])]);
    expect(stateOf(two).item).toMatchObject({ list: REPORTED, score: 667 });
    await on(one, [decided(one, 'restore', ['removed', 'visible'], { id: `r ${one}` })]);
    expect(stateOf(two).item).toMatchObject({ score: 333 });
  });
});

describe('what its author removes', () => {
  it('waits no more, and nobody was right or wrong', async () => {
    const n = await comment();
    await report(n, 80);
    await on(n, [commentRemoved(n)]);
    expect(stateOf(n)).toMatchObject({
      item: { status: 3, list: null },
      reports: [{ outcome: 3, upheld: 0, dismissed: 0 }],
    });
  });

  it('is nothing to a queue that never had it', async () => {
    const n = await comment();
    await on(n, [commentRemoved(n)]);
    expect(stateOf(n).item).toBeUndefined();
  });
});
