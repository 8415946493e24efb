import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NotificationPreferences, PushDevice, PushDevices } from '../../libs/client/index.ts';
import { MOST_PUSH_DEVICES } from '../../libs/words/index.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { PushTestDevice } from '../support/push-device.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';
import { unzipped } from '../support/unzipped.ts';

const PATH = '/api/v1/members/me/push';

let forum: RunningForum;
let admin: TestMember;
let people = 0;

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
});
afterAll(() => forum.close());

const deviceAt = (name: string): PushTestDevice => new PushTestDevice(`https://push.example/send/${name}`);
const add = (token: string, device: PushTestDevice): Promise<PushDevice> =>
  forum.done<PushDevice>('PUT', PATH, {
    token,
    body: device.wish,
    headers: { 'user-agent': 'Mozilla/5.0 (Android 15; Mobile) Firefox/145.0' },
  });
const list = (token: string): Promise<PushDevices> => forum.done<PushDevices>('GET', PATH, { token });
const idsOf = async (token: string): Promise<readonly string[]> => (await list(token)).devices.map(({ id }) => id);
const eventsOf = async (type: string): Promise<number> => {
  let count = 0;
  for await (const _ of forum.forum.log.store.readAll({ filter: { types: [type] } })) count += 1;
  return count;
};

test('a device is added, told by its browser, and taken off; the first one turns push on for what is mailed usually', async () => {
  const linh = await forum.member('linh');
  const device = deviceAt('linh');
  const added = await add(linh.token, device);
  expect(added).toMatchObject({ device: 'Firefox 145, Android', current: true });
  expect(await add(linh.token, device)).toEqual(added);
  expect(await list(linh.token)).toEqual({
    publicKey: (await list(admin.token)).publicKey,
    devices: [added],
  });
  const path = '/api/v1/members/me/notifications';
  const { ways } = await forum.done<NotificationPreferences>('GET', path, { token: linh.token });
  expect([ways.reply, ways.followed]).toEqual([['inbox', 'mail', 'push'], ['inbox']]);
  expect((await forum.call('DELETE', `${PATH}/${added.id}`, { token: linh.token })).status).toBe(204);
  expect(await idsOf(linh.token)).toEqual([]);
  expect((await forum.call('DELETE', `${PATH}/${added.id}`, { token: linh.token })).status).toBe(404);
});

test('nobody else finds the device of a member, sees it or takes it off', async () => {
  const [one, other] = [await forum.member(`who-${(people += 1)}`), await forum.member(`who-${(people += 1)}`)];
  const added = await add(one.token, deviceAt('one'));
  expect(await idsOf(other.token)).toEqual([]);
  for (const { token } of [other, admin]) {
    expect((await forum.call('DELETE', `${PATH}/${added.id}`, { token })).status).toBe(404);
  }
  const twin = await add(other.token, deviceAt('one'));
  expect(twin.id).not.toBe(added.id);
  expect(await idsOf(one.token)).toEqual([added.id]);
  expect((await forum.call('GET', PATH)).status).toBe(401);
});

test.each([
  ['http://push.example/send', 'endpoint'],
  ['https://127.0.0.1/send', 'endpoint'],
  ['https://169.254.169.254/latest', 'endpoint'],
  ['https://[::ffff:10.0.0.1]/send', 'endpoint'],
  ['https://localhost/send', 'endpoint'],
  [`https://push.example/${'x'.repeat(3_000)}`, 'endpoint'],
])('%.40s is no device', async (endpoint, field) => {
  const answer = await forum.call('PUT', PATH, { token: admin.token, body: new PushTestDevice(endpoint).wish });
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid', errors: [{ field }] } });
});

test('keys that nothing can be encrypted for are refused', async () => {
  const { wish } = deviceAt('keys');
  for (const [field, value] of [
    ['p256dh', Buffer.alloc(65, 4).toString('base64url')],
    ['auth', 'AAAA'],
  ]) {
    const answer = await forum.call('PUT', PATH, { token: admin.token, body: { ...wish, [String(field)]: value } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  }
});

test('a hundred devices: the first ones stand, all others are refused, and one that ended makes room', async () => {
  const many = await forum.member(`who-${(people += 1)}`);
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      forum.call('PUT', PATH, { token: many.token, body: deviceAt(`many-${n}`).wish }),
    ),
  );
  const done = answers.filter(({ status }) => status === 200).length;
  expect([done, answers.filter(({ status }) => status === 409).length]).toEqual([
    MOST_PUSH_DEVICES,
    100 - MOST_PUSH_DEVICES,
  ]);
  const ids = await idsOf(many.token);
  expect(ids).toHaveLength(done);
  await forum.call('DELETE', `${PATH}/${ids[0]}`, { token: many.token });
  await add(many.token, deviceAt('last'));
  expect((await forum.call('PUT', PATH, { token: many.token, body: deviceAt('over').wish })).status).toBe(409);
});

test('a device ends with its session, with every other session, and with the password', async () => {
  const linh = await forum.member('somchai');
  const login = linh.member.handle;
  const [first, second, third] = [
    linh.token,
    ...(await Promise.all([forum.signIn(login), forum.signIn(login)])).map(({ token }) => token),
  ];
  const devices = await Promise.all(
    [first, second, third].map(async (token, n) => (await add(token ?? '', deviceAt(`${login}-${n}`))).id),
  );
  expect((await idsOf(first ?? '')).toSorted()).toEqual(devices.toSorted());
  await forum.call('DELETE', '/api/v1/sessions/current', { token: second ?? '' });
  expect((await idsOf(first ?? '')).toSorted()).toEqual([devices[0], devices[2]].toSorted());
  await forum.call('DELETE', '/api/v1/sessions', { token: first ?? '' });
  expect(await idsOf(first ?? '')).toEqual([devices[0]]);
  const password = { password: 'another correct battery', currentPassword: PASSWORD };
  await forum.done('PATCH', '/api/v1/members/me', { token: first ?? '', body: password });
  const { token } = await forum.signIn(login, password.password);
  expect(await idsOf(token)).toEqual([]);
  for (let n = 0; n < MOST_PUSH_DEVICES; n += 1) await add(token, deviceAt(`${login}-${n}`));
  expect(await idsOf(token)).toHaveLength(MOST_PUSH_DEVICES);
  const again = await add(token, deviceAt(`${login}-0`));
  expect(again).toMatchObject({ id: devices[0], current: true });
});

test('the download of the own data names the devices, without the secret that pushes are known by', async () => {
  const linh = await forum.member(`who-${(people += 1)}`);
  const device = deviceAt('downloaded');
  await add(linh.token, device);
  const answer = await fetch(`${forum.url}/api/v1/members/me/data`, {
    headers: { authorization: `Bearer ${linh.token}` },
  });
  const files = await unzipped(Buffer.from(await answer.arrayBuffer()));
  const all = Object.values(files).join('\n');
  expect(all).toContain(device.endpoint);
  expect(all).not.toContain(device.wish.auth);
});

test('a subscription that comes again and again leaves one event', async () => {
  const before = await eventsOf('PushSubscribed.v1');
  const device = deviceAt('again');
  for (let n = 0; n < 5; n += 1) await add(admin.token, device);
  expect(await eventsOf('PushSubscribed.v1')).toBe(before + 1);
  const key = newId();
  const sent = { token: admin.token, body: deviceAt('key').wish, headers: { 'idempotency-key': key } };
  expect(await forum.done('PUT', PATH, sent)).toEqual(await forum.done('PUT', PATH, sent));
});
