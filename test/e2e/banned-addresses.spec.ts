import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Comment, OwnMember, PolicyVersion, Rehearsal, SentRule } from '../../libs/client/index.ts';
import { type Answer, PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { outboxMails, tokenIn } from '../support/outbox-mails.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

let forum: RunningForum;
let admin: TestMember;
let postId: string;
let rules: readonly SentRule[];

beforeAll(async () => {
  forum = await startForum({ reacts: true });
  admin = await forum.admin();
  ({ id: postId } = await forum.publish(admin));
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests: true } });
  rules = await inForce(['confirmed-address']);
});
afterAll(() => forum.close());

/** Puts a policy in force in which these rules alone are on, and gives its rules. */
async function inForce(on: readonly string[]): Promise<readonly SentRule[]> {
  const path = '/api/v1/moderation/policy';
  const { version, rules: before } = await forum.done<PolicyVersion>('GET', path, { token: admin.token });
  const changed = before.map((rule) => ({ ...rule, on: on.includes(rule.rule) }));
  await forum.done('PUT', path, { token: admin.token, body: { version, rules: changed, note: '' } });
  return changed;
}

async function registered(handle: string, email: string): Promise<TestMember> {
  const body = { handle, displayName: handle, email, password: PASSWORD };
  const { member } = await forum.done<{ member: OwnMember }>('POST', '/api/v1/members', { body });
  return { member, token: (await forum.signIn(handle)).token };
}

async function mailed(email: string): Promise<string> {
  await until(async () => (await outboxMails(forum.dataDir, email)).length > 0);
  const [mail] = await outboxMails(forum.dataDir, email);
  return `/confirm/${tokenIn(mail ?? { text: '' }, '/confirm/')}`;
}

const press = (path: string) =>
  forum.call('POST', path, {
    raw: new URLSearchParams({ id: randomUUID() }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const sanction = ({ member }: TestMember, body: object) =>
  forum.done('POST', `/api/v1/members/${member.id}/sanctions`, { token: admin.token, body });
const writesAsGuest = (email: string) =>
  forum.call('POST', `/api/v1/posts/${postId}/comments`, { body: { body: 'Hi', guest: { name: 'Nobody', email } } });
const statusOf = async (by: TestMember) => (await forum.comment(by, postId)).status;
const shape = ({ status, body }: Answer) => [status, Object.keys(Object(Reflect.get(Object(body), 'member'))).sort()];

test('a banned person registers under another spelling, is answered like everybody, and never gets past a moderator', async () => {
  const banned = await registered('somchai', 'som.chai@gmail.com');
  await press(await mailed('som.chai@gmail.com'));
  expect(await statusOf(banned)).toBe('visible');
  await sanction(banned, { kind: 'ban', reason: 'abuse' });

  const alias = 'somchai+again@googlemail.com';
  const body = { handle: 'again', displayName: 'Again', email: alias, password: PASSWORD };
  const other = { handle: 'other', displayName: 'Other', email: 'other@gmail.com', password: PASSWORD };
  const [asBanned, asAnybody] = [
    await forum.call('POST', '/api/v1/members', { body }),
    await forum.call('POST', '/api/v1/members', { body: other }),
  ];
  expect(shape(asBanned)).toEqual(shape(asAnybody));
  for (const handle of ['again', 'other']) {
    const member = { ...banned, token: (await forum.signIn(handle)).token };
    expect(await statusOf(member)).toBe('held');
  }

  const refused = await press(await mailed(alias));
  expect([refused.status, String(refused.body)]).toEqual([
    403,
    expect.stringContaining('may not write here at present'),
  ]);
  expect((await press(await mailed('other@gmail.com'))).status).toBe(200);
  const token = (await forum.signIn('other')).token;
  expect(await statusOf({ ...banned, token })).toBe('visible');

  // A ban that is lifted binds no longer.
  await forum.call('DELETE', `/api/v1/members/${banned.member.id}/sanctions/ban`, { token: admin.token, body: {} });
  expect((await press(await mailed(alias))).status).toBe(200);
});

test('a suspended person confirms nothing as a guest either, however the address is spelled', async () => {
  const suspended = await registered('dara', 'dara@example.org');
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  await sanction(suspended, { kind: 'suspension', until: soon, reason: 'abuse' });
  const email = 'dara+x@example.org';
  expect((await writesAsGuest(email)).status).toBe(202);
  expect((await press(await mailed(email))).status).toBe(403);
});

test('staff are never asked, and a rehearsal tells whom the rule would have held', async () => {
  expect(await statusOf(admin)).toBe('visible');
  const path = '/api/v1/moderation/policy/simulations';
  const result = await forum.done<Rehearsal>('POST', path, { token: admin.token, body: { policy: { rules } } });
  expect([result.byRule['confirmed-address']?.caught, result.registrations]).toEqual([2, null]);
  const { items } = await forum.done<{ items: readonly Comment[] }>('GET', `/api/v1/posts/${postId}/comments`);
  expect(items.length).toBe(3);
});

test('a ban holds for guests by every spelling of the address, also where no rule asks for confirmed addresses', async () => {
  await inForce([]);
  const banned = await registered('phirun', 'phi.run@gmail.com');
  await sanction(banned, { kind: 'ban', reason: 'abuse' });
  for (const email of ['phirun@gmail.com', 'p.hirun+new@googlemail.com']) {
    expect((await writesAsGuest(email)).status).toBe(202);
    expect((await press(await mailed(email))).status).toBe(403);
  }
  expect((await writesAsGuest('another@gmail.com')).status).toBe(202);
  expect((await press(await mailed('another@gmail.com'))).status).toBe(200);

  // A member who changes to such an address, or registers with it, is not asked about by a rule that is off.
  await registered('phirun-again', 'phi.run+2@gmail.com');
  expect((await press(await mailed('phi.run+2@gmail.com'))).status).toBe(200);
});
