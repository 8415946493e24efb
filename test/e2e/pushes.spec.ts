import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Post, PushDevice, PushDevices } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import type { PushTestDevice } from '../support/push-device.ts';
import { type Answering, PushTestService, type ReceivedPush } from '../support/push-service.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

const PATH = '/api/v1/members/me/push';

let service: PushTestService;
let forum: RunningForum;
let admin: TestMember;
let post: Post;
let people = 0;

beforeAll(async () => {
  service = await PushTestService.start();
  forum = await startForum({ reacts: true, env: { PUSH_SERVICES: service.origin } });
  admin = await forum.admin();
  post = await forum.publish(admin, { title: 'Ferries' });
});
afterAll(async () => {
  await forum.close();
  await service.close();
  expect(service.faults).toEqual([]);
});
beforeEach(() => service.takeAll());

/** Somebody with a device, and a comment of theirs that others answer. */
interface Asker extends TestMember {
  readonly device: PushTestDevice;
  readonly pushes: () => readonly ReceivedPush[];
  gets(count: number): Promise<readonly ReceivedPush[]>;
  /** Answers by somebody else; gives the id. */
  answer(body: string): Promise<string>;
}

async function asker(locale = 'en'): Promise<Asker> {
  people += 1;
  const somebody = await forum.member(`asker-${people}`);
  const { token } = somebody;
  await forum.done('PATCH', '/api/v1/members/me', { token, body: { locale } });
  const device = service.device(somebody.member.handle);
  await forum.done<PushDevice>('PUT', PATH, { token, body: device.wish });
  service.publicKey = (await forum.done<PushDevices>('GET', PATH, { token })).publicKey;
  const { id: parentId } = await forum.comment(somebody, post.id);
  const isOwn = (push: ReceivedPush): boolean => push.device === device;
  return {
    ...somebody,
    device,
    pushes: () => service.received.filter(isOwn),
    gets: (count) => service.gets(count, isOwn),
    answer: async (body) => (await forum.comment(admin, post.id, { parentId, body })).id,
  };
}

const settledOf = async ({ member }: TestMember, type = 'PushSettled.v1'): Promise<readonly unknown[]> => {
  const told = new Set<string>();
  const found: unknown[] = [];
  for await (const event of forum.forum.log.store.readAll({})) {
    const fields = Object(event.data);
    if (event.type === 'DevicesTold.v1' && Reflect.get(fields, 'memberId') === member.id) told.add(event.id);
    if (event.type === type) found.push(fields);
  }
  return found;
};

test('an answer is pushed at once, small, in the language of the member, encrypted and signed', async () => {
  const linh = await asker('vi');
  const id = await linh.answer('By **boat**');
  const [push] = await linh.gets(1);
  expect(push?.payload).toEqual({
    tag: expect.stringMatching(/^[0-9a-f-]{36}$/),
    lang: 'vi',
    quiet: false,
    read: false,
    title: expect.stringContaining('Ferries'),
    body: 'By boat',
    path: `/posts/${post.slug}#comment-${id}`,
  });
  expect(push?.headers).toMatchObject({
    ttl: '86400',
    urgency: 'normal',
    topic: expect.stringMatching(/^[\w-]{32}$/),
    'content-encoding': 'aes128gcm',
  });
  expect(push?.bytes).toBeLessThan(2_000);
  await linh.answer('Or by bridge');
  const pushes = await linh.gets(2);
  expect(pushes.map(({ payload }) => payload['body'])).toEqual(['By boat', 'Or by bridge']);
  expect(new Set(pushes.map(({ headers }) => headers['topic'])).size).toBe(2);
});

test('the longest text in the widest script is a small push', async () => {
  const linh = await asker('km');
  await linh.answer('ក'.repeat(9_000));
  const [push] = await linh.gets(1);
  expect(push?.bytes).toBeLessThan(2_000);
});

test('nothing is pushed to who has not chosen it, of what is muted, or of what somebody ignored wrote', async () => {
  const [unasked, muting, ignoring] = [await asker(), await asker(), await asker()];
  const body = { ways: { reply: ['inbox'] } };
  await forum.done('PUT', '/api/v1/members/me/notifications', { token: unasked.token, body });
  await forum.done('PUT', `/api/v1/posts/${post.id}/mute`, { token: muting.token });
  await forum.call('PUT', `/api/v1/members/${admin.member.id}/ignore`, { token: ignoring.token });
  const nothing = async () =>
    (await settledOf(muting)).filter((one) => Reflect.get(Object(one), 'outcome') === 'nothing').length;
  const before = await nothing();
  for (const one of [unasked, muting, ignoring]) await one.answer('Not for you');
  await until(async () => (await nothing()) === before + 2);
  expect([unasked, muting, ignoring].flatMap((one) => one.pushes())).toEqual([]);
});

test('a role that is given or taken is pushed to who wants pushes of decisions, and to nobody else', async () => {
  const [asking, unasked] = [await asker(), await asker()];
  const body = { ways: { decision: ['inbox', 'push'] } };
  await forum.done('PUT', '/api/v1/members/me/notifications', { token: asking.token, body });
  const change = (one: TestMember, roles: readonly string[]) =>
    forum.done('PUT', `/api/v1/members/${one.member.id}/roles`, { token: admin.token, body: { roles } });
  await change(unasked, ['member', 'editor']);
  await change(asking, ['member', 'editor']);
  const [given] = await asking.gets(1);
  expect(given?.payload).toMatchObject({ title: 'An admin has changed your role', body: '', path: '/settings' });
  await change(asking, ['member']);
  await change(asking, ['member']);
  await unasked.answer('Of a kind that is on');
  await unasked.gets(1);
  await asking.gets(2);
  expect([asking.pushes().length, unasked.pushes().length]).toEqual([2, 1]);
});

test('what is removed before it is tried again is not pushed any more', async () => {
  const linh = await asker();
  service.answering = (_, answer) => void answer.writeHead(500).end();
  const id = await linh.answer('Gone by then');
  await until(async () => (await settledOf(linh, 'PushFailed.v1')).length > 0);
  service.takeAll();
  await forum.call('DELETE', `/api/v1/comments/${id}`, { token: admin.token });
  const other = await asker();
  const { now: clock } = Date;
  Date.now = () => clock() + 2 * 60_000;
  try {
    await other.answer('Still there');
    await other.gets(1);
    const outcome = { pushId: linh.pushes()[0]?.payload['tag'], outcome: 'nothing', round: 0, told: [] };
    await until(async () => (await settledOf(linh)).some((one) => isDeepStrictEqual(one, outcome)));
  } finally {
    Date.now = clock;
  }
  expect(linh.pushes()).toHaveLength(1);
});

test('within the quiet hours nothing is pushed', async () => {
  const linh = await asker();
  const now = new Date();
  const at = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString().slice(11, 16);
  const { token } = linh;
  const path = '/api/v1/members/me/notifications';
  await forum.done('PUT', path, { token, body: { timeZone: 'UTC', quietHours: { from: at(-60), to: at(60) } } });
  await linh.answer('At night');
  await linh.answer('Before dawn');
  const other = await asker();
  await other.answer('By day');
  await other.gets(1);
  expect(linh.pushes()).toEqual([]);
  const { now: clock } = Date;
  Date.now = () => clock() + 61 * 60_000;
  try {
    await other.answer('In the morning');
    const [push] = await linh.gets(1);
    expect(push?.payload).toMatchObject({
      title: expect.stringMatching(/^2 new notifications/),
      path: '/notifications',
    });
  } finally {
    Date.now = clock;
  }
});

test('a comment that is removed is taken back from the device, in its own place and without a sound', async () => {
  const linh = await asker();
  const id = await linh.answer('Words that go');
  const [first] = await linh.gets(1);
  await until(async () => (await settledOf(linh)).some((one) => JSON.stringify(one).includes(id)));
  await forum.call('DELETE', `/api/v1/comments/${id}`, { token: admin.token });
  const [, second] = await linh.gets(2);
  expect(second?.payload).toMatchObject({
    tag: first?.payload['tag'],
    quiet: true,
    body: 'What was told here is no longer there',
    path: '/notifications',
  });
  expect(second?.headers['topic']).toBe(first?.headers['topic']);
  expect(JSON.stringify(second?.payload)).not.toContain('Words that go');
  await linh.answer('Next');
  await linh.gets(3);
  expect(linh.pushes()).toHaveLength(3);
});

test('a comment that is removed while its push is under way is taken back, too', async () => {
  const linh = await asker();
  const held = Promise.withResolvers<void>();
  service.answering = (_, answer) => void held.promise.then(() => answer.writeHead(201).end());
  const id = await linh.answer('Too late');
  await linh.gets(1);
  await forum.call('DELETE', `/api/v1/comments/${id}`, { token: admin.token });
  service.takeAll();
  held.resolve();
  const [, second] = await linh.gets(2);
  expect(second?.payload).toMatchObject({ quiet: true, body: 'What was told here is no longer there' });
});

test('what is said under a post that was withdrawn and brought back is pushed once', async () => {
  const linh = await asker();
  const other = await forum.publish(admin, { title: 'Gone and back' });
  const { id: parentId } = await forum.comment(linh, other.id);
  for (const act of ['withdraw', 'bring-back'])
    await forum.done('POST', `/api/v1/posts/${other.id}/${act}`, { token: admin.token, body: {} });
  const { id } = await forum.comment(admin, other.id, { parentId, body: 'Back again' });
  const [push] = await linh.gets(1);
  expect(push?.payload['body']).toContain('Back again');
  await until(async () => (await settledOf(linh)).some((one) => JSON.stringify(one).includes(id)));
  await linh.answer('Under the other post');
  await linh.gets(2);
  const said = linh.pushes().map(({ payload }) => JSON.stringify(payload));
  expect(said.map((text) => text.includes('Back again'))).toEqual([true, false]);
});

test.each([404, 410])('a device that its push service does not know (%d) is told no more', async (status) => {
  const linh = await asker();
  service.answering = (_, answer) => void answer.writeHead(status).end();
  await linh.answer('Anybody there?');
  const devices = () => forum.done<PushDevices>('GET', PATH, { token: linh.token });
  await until(async () => (await devices()).devices.length === 0);
  service.takeAll();
  await linh.answer('Nobody');
  const other = await asker();
  await other.answer('Somebody');
  await other.gets(1);
  expect(linh.pushes()).toHaveLength(1);
});

const refusing =
  (status: number, headers: Readonly<Record<string, string>> = {}): Answering =>
  (_, answer) =>
    void answer.writeHead(status, headers).end();

test.each([
  [429, { 'retry-after': '600' }, 600],
  [500, {}, 60],
  [503, { 'retry-after': '5' }, 60],
])('a push service that cannot now (%d) is asked again later', async (status, headers, seconds) => {
  const linh = await asker();
  service.answering = refusing(status, headers);
  await linh.answer('Later');
  await linh.gets(1);
  const failure = async () =>
    (await settledOf(linh, 'PushFailed.v1')).findLast((one) => Reflect.get(Object(one), 'reason') === String(status));
  await until(async () => (await failure()) !== undefined);
  const nextAt = Date.parse(Reflect.get(Object(await failure()), 'nextAt'));
  expect(Math.abs(nextAt - Date.now() - seconds * 1_000)).toBeLessThan(20_000);
});

test('a push that will never be taken is given up, a redirect is not followed, and an endless answer is left', async () => {
  const linh = await asker();
  const givenUp = async () =>
    (await settledOf(linh, 'PushGivenUp.v1')).map((one) => Reflect.get(Object(one), 'reason'));
  service.answering = refusing(400);
  await linh.answer('One');
  await until(async () => (await givenUp()).includes('400'));
  service.answering = refusing(302, { location: `${service.origin}/send/elsewhere` });
  await linh.answer('Two');
  await until(async () => (await givenUp()).includes('302'));
  service.answering = (_, answer) => {
    answer.writeHead(201);
    const write = (): void => {
      while (!answer.destroyed && answer.write('x'.repeat(65_536)));
      answer.once('drain', write);
    };
    write();
  };
  await linh.answer('Three');
  await linh.gets(3);
  await until(async () => (await settledOf(linh)).length > 0);
  service.takeAll();
  await linh.answer('Four');
  expect((await linh.gets(4)).at(-1)?.payload['body']).toBe('Four');
});

test('who signs out is told no more', async () => {
  const linh = await asker();
  await linh.answer('Signed in');
  await linh.gets(1);
  await forum.call('DELETE', '/api/v1/sessions/current', { token: linh.token });
  await linh.answer('Signed out');
  const other = await asker();
  await other.answer('Still here');
  await other.gets(1);
  expect(linh.pushes()).toHaveLength(1);
});

test('what is kept of pushes is the same when it is made anew from the log', async () => {
  for (const view of ['push', 'notifications']) {
    const path = `/api/v1/audit/views/${view}/verifications`;
    expect(await forum.done('POST', path, { token: admin.token })).toMatchObject({ equal: true });
  }
});
