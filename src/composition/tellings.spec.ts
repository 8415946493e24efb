import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type MailWay, TELLING, USUAL_WAYS } from '../../libs/words/index.ts';
import { AT, idOf, SmallForum } from '../../test/views/small-forum.ts';
import { TellingReacting } from '../reactors/telling/telling-reactor.ts';
import type { DueTelling, GetTellingWork } from '../views/notifications/notifications.query-types.ts';
import { tellingWork } from '../views/notifications/telling-work.ts';

jest.setTimeout(60_000);

const WAITING = 10_500;
const WRITER = WAITING + 9;
const AT_ONCE = 256;
/** A zone in which no morning comes while the test runs. */
const zone = new Date().getUTCHours() === 7 ? 'Asia/Tokyo' : 'UTC';

let forum: SmallForum;
let reacting: TellingReacting;
/** The members who were looked at. */
let lookedAt = 0;

beforeAll(async () => {
  forum = await SmallForum.open();
  for (const n of [1, 2]) await forum.post(n);
  const lease = { reactor: TELLING, holder: 'me', term: 1, begins: [TELLING] };
  const until = new Date(Date.now() + 60_000).toISOString();
  await forum.record(`lease-${TELLING}`, [{ type: 'LeaseTaken.v1', data: { ...lease, until }, personal: null }]);
  for (let from = 0; from < WAITING; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, WAITING - from) }, (_, n) => from + n);
    await Promise.all(some.map((n) => follows(n, { post: 1, way: 'weekly' })));
  }
  for (let n = WAITING; n < WAITING + 3; n += 1) await follows(n, { post: 2, way: 'mail' });
  reacting = new TellingReacting({
    commands: { execute: () => Promise.reject(new Error('nothing is recorded here')) },
    work: (query) => look(query),
  });
});
afterAll(() => forum.close());

async function look(query: GetTellingWork) {
  lookedAt += query.most;
  return tellingWork(query, { views: forum.views, vault: forum.vault, zone });
}

async function follows(n: number, { post, way }: { post: number; way: MailWay }): Promise<void> {
  const memberId = idOf('member', n);
  const ways = { ...USUAL_WAYS, followed: ['inbox' as const, way] };
  await forum.append(
    `inbox-${memberId}`,
    [
      {
        type: 'NotificationsChosen.v1',
        data: { memberId, ways, followOwn: true },
        personal: { quietHours: null, timeZone: null },
      },
      { type: 'DiscussionFollowed.v1', data: { memberId, postId: idOf('post', post) }, personal: null },
    ],
    AT,
  );
}

const told = ({ memberId, way, upTo }: DueTelling, n: number) =>
  forum.record(`inbox-${idOf('member', n)}`, [
    way === 'push'
      ? { type: 'DevicesTold.v1', data: { memberId, after: '0', upTo: String(upTo) }, personal: null }
      : { type: 'MemberTold.v1', data: { memberId, way, after: '0', upTo: String(upTo) }, personal: null },
  ]);

test('whose mail is due is found behind any number of others who wait, and nobody is looked at again for nothing', async () => {
  await forum.comment(1, { author: WRITER, post: 1 });
  expect(await reacting.look()).toMatchObject({ due: [] });
  expect(lookedAt).toBeGreaterThan(WAITING);
  await forum.comment(2, { author: WRITER, post: 2 });
  const members = [0, 1, 2].map((n) => WAITING + n);
  const before = lookedAt;
  const { due } = await reacting.look();
  expect(due.map(({ memberId }) => memberId).toSorted()).toEqual(members.map((n) => idOf('member', n)).toSorted());
  const [first] = due;
  if (first === undefined) throw new Error('nobody is due');
  // The server that was to tell the others has died.
  await told(first, members.find((n) => idOf('member', n) === first.memberId) ?? 0);
  expect((await reacting.look()).due.map(({ memberId }) => memberId)).toEqual(
    due.slice(1).map(({ memberId }) => memberId),
  );
  expect(lookedAt - before).toBeLessThan(4 * AT_ONCE);
});
