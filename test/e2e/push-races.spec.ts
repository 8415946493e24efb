import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { QueryBus } from '@nestjs/cqrs';
import type { NotificationPreferences, PushDevices } from '../../libs/client/index.ts';
import { EVENT_STORE, type EventStore } from '../../libs/event-store/index.ts';
import { isErased } from '../../libs/kernel/index.ts';
import { GetSubscriptions } from '../../src/views/push/push.query-types.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { mailedLink } from '../support/mailed-links.ts';
import { PushTestDevice } from '../support/push-device.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { stallAppend } from '../support/stall-append.ts';
import { until } from '../support/until.ts';

jest.setTimeout(120_000);

const ME = '/api/v1/members/me';
const PATH = `${ME}/push`;
const OWNERS = 'the words of the owner';

let forum: RunningForum;
let admin: TestMember;
let people = 0;
beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
});
afterAll(() => forum.close());

/** Somebody of whose account a thief has the session of `token`. */
interface Robbed extends TestMember {
  /** A session of the owner. */
  readonly own: string;
  readonly back: string;
}

async function robbed(): Promise<Robbed> {
  people += 1;
  const member = await forum.member(`pushed-${people}`);
  const confirm = await mailedLink(forum, 'confirm', member.member.id);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await forum.call('POST', `/confirm/${confirm}`, { raw: '', headers });
  const { token: own } = await forum.signIn(member.member.handle);
  return { ...member, own, back: await mailedLink(forum, 'way-back', member.member.id) };
}

const done = async (...[method, path, options]: Parameters<RunningForum['call']>): Promise<void> => {
  expect((await forum.call(method, path, options)).status).toBeLessThan(300);
};

const ENDS: readonly { readonly name: string; readonly end: (member: Robbed) => Promise<void> }[] = [
  { name: 'a sign-out', end: ({ token }) => done('DELETE', '/api/v1/sessions/current', { token }) },
  { name: 'the end of all other sessions', end: ({ own: token }) => done('DELETE', '/api/v1/sessions', { token }) },
  {
    name: 'another password',
    end: ({ own: token }) => done('PATCH', ME, { token, body: { password: OWNERS, currentPassword: PASSWORD } }),
  },
  {
    name: 'the account taken back',
    end: ({ back }) => done('PUT', `/api/v1/password-resets/${back}`, { body: { password: OWNERS } }),
  },
  {
    name: 'a ban',
    end: ({ member }) =>
      done('POST', `/api/v1/members/${member.id}/sanctions`, {
        token: admin.token,
        body: { kind: 'ban', reason: 'abuse', statement: 'A statement of reasons' },
      }),
  },
];

const deviceNamed = (name: string): PushTestDevice => new PushTestDevice(`https://push.example/send/${name}`);
const add = (token: string, device: PushTestDevice) => forum.call('PUT', PATH, { token, body: device.wish });
const stalled = (when: 'before' | 'answered') =>
  stallAppend(forum.forum.app.get<EventStore>(EVENT_STORE), 'PushSubscribed.v1', when);

/** What the log has of the member's devices, with the words that can still be read. */
async function logOf({ member }: TestMember): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { id, stream, type, sealed } of forum.forum.log.store.readStream(`subscriptions-${member.id}`)) {
    const words = sealed && (await forum.forum.log.vault.open(sealed, { id, stream, type }));
    found.push(words === null || isErased(words) ? type : `${type} ${Reflect.get(words, 'endpoint')}`);
  }
  return found;
}

describe.each(['before', 'answered'] as const)('a device whose session ends while it is added (%s)', (when) => {
  test.each(ENDS)('is told nothing, and nobody knows it any more: $name', async ({ name, end }) => {
    const member = await robbed();
    const { reached, goOn } = stalled(when);
    const adding = add(member.token, deviceNamed(`${when}-${name.replaceAll(' ', '-')}`));
    await reached;
    await end(member);
    goOn();
    expect(await adding).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(await forum.forum.app.get(QueryBus).execute(new GetSubscriptions(member.member.id))).toEqual([]);
    expect(await logOf(member)).toEqual(['PushSubscribed.v1', 'PushUnsubscribed.v1']);
  });
});

test('what comes to nothing turns push on for nothing, and leaves the devices of the owner alone', async () => {
  const member = await robbed();
  const { reached, goOn } = stalled('before');
  const adding = add(member.token, deviceNamed('thief'));
  await reached;
  await done('DELETE', '/api/v1/sessions', { token: member.own });
  goOn();
  await adding;
  const token = member.own;
  const { ways } = await forum.done<NotificationPreferences>('GET', `${ME}/notifications`, { token });
  expect(Object.values(ways).flat()).not.toContain('push');
  expect((await add(token, deviceNamed('owner'))).status).toBe(200);
  const late = stalled('before');
  const { token: other } = await forum.signIn(member.member.handle);
  const adding2 = add(other, deviceNamed('thief'));
  await late.reached;
  await done('DELETE', '/api/v1/sessions/current', { token: other });
  late.goOn();
  expect((await adding2).status).toBe(401);
  const { devices } = await forum.done<PushDevices>('GET', PATH, { token });
  expect(devices.map(({ current }) => current)).toEqual([true]);
  expect((await logOf(member)).filter((one) => one.includes('send'))).toEqual([
    'PushSubscribed.v1 https://push.example/send/owner',
  ]);
});

test('a device that is taken off while its adding is answered is answered as it was added', async () => {
  const member = await robbed();
  const { token, own } = member;
  const { reached, goOn } = stalled('answered');
  const adding = add(token, deviceNamed('short'));
  await reached;
  const listed = async () => (await forum.done<PushDevices>('GET', PATH, { token: own })).devices;
  await until(async () => (await listed()).length === 1);
  const [device] = await listed();
  await done('DELETE', `${PATH}/${device?.id}`, { token: own });
  goOn();
  expect(await adding).toMatchObject({
    status: 200,
    body: { id: device?.id, current: true },
  });
  expect(await listed()).toEqual([]);
  expect(await logOf(member)).toEqual(['PushSubscribed.v1', 'PushUnsubscribed.v1']);
});
