import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Comment, NotificationList, Post, PushDevices } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { PushTestService, type ReceivedPush } from '../support/push-service.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

const PATH = '/api/v1/members/me/push';
const READ = { quiet: true, read: true, body: 'Nothing left to read here', path: '/notifications' };

let service: PushTestService;
let forum: RunningForum;
let admin: TestMember;
let people = 0;

beforeAll(async () => {
  service = await PushTestService.start();
  forum = await startForum({ reacts: true, env: { PUSH_SERVICES: service.origin } });
  admin = await forum.admin();
  service.publicKey = (await forum.done<PushDevices>('GET', PATH, { token: admin.token })).publicKey;
});
afterAll(async () => {
  await forum.close();
  await service.close();
  expect(service.faults).toEqual([]);
});
beforeEach(() => service.takeAll());

/** Somebody who is told on so many devices, each in a session of its own, and a discussion of theirs. */
interface Asker extends TestMember {
  readonly post: Post;
  pushes(device?: number): readonly ReceivedPush[];
  gets(count: number, device?: number): Promise<readonly ReceivedPush[]>;
  /** Answers by somebody else, told and recorded as told on all devices unless `isTold` says otherwise. */
  answer(body: string, isTold?: boolean): Promise<Comment>;
  /** Reads the inbox up to the position, or all of it. */
  reads(upTo?: string): Promise<void>;
  items(): Promise<NotificationList['items']>;
}

async function asker(devices = 1): Promise<Asker> {
  people += 1;
  const handle = `reader-${people}`;
  const somebody = await forum.member(handle);
  const { token } = somebody;
  const own = Array.from({ length: devices }, (_, n) => service.device(`${handle}-${n}`));
  for (const device of own) {
    const session = await forum.signIn(handle);
    await forum.done('PUT', PATH, { token: session.token, body: device.wish });
  }
  const post = await forum.publish(admin, { title: `Ferries ${people}` });
  const { id: parentId } = await forum.comment(somebody, post.id);
  const isOf = (n: number) => (push: ReceivedPush) => push.device === own[n];
  const items = async () => (await forum.done<NotificationList>('GET', '/api/v1/notifications', { token })).items;
  const answer = async (body: string, isTold = true): Promise<Comment> => {
    const comment = await forum.comment(admin, post.id, { parentId, body });
    const told = async () => (await settled()).filter((one) => JSON.stringify(one).includes(comment.id)).length;
    if (isTold) await until(async () => (await told()) === devices);
    return comment;
  };
  const reads = async (upTo?: string): Promise<void> => {
    const position = upTo ?? (await items())[0]?.position;
    await forum.done('PUT', '/api/v1/notifications/read', { token, body: { upTo: position } });
  };
  return {
    ...somebody,
    post,
    pushes: (device = 0) => service.received.filter(isOf(device)),
    gets: (count, device = 0) => service.gets(count, isOf(device)),
    answer,
    reads,
    items,
  };
}

/** What became of pushes, in the order of the log. */
async function settled(type = 'PushSettled.v1'): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const found: Readonly<Record<string, unknown>>[] = [];
  for await (const event of forum.forum.log.store.readAll({ filter: { types: [type] } }))
    found.push(Object(event.data));
  return found;
}

const settledOf = async (push: ReceivedPush | undefined) =>
  (await settled())
    .filter(({ pushId }) => pushId === push?.payload['tag'])
    .map(({ outcome, round }) => [outcome, round]);

/** Somebody else is told, after all that was to be done before. */
async function othersAreTold(): Promise<void> {
  const other = await asker();
  await other.answer('To somebody else');
}

/** The page as a device sees it that keeps no cookie but the session's. */
async function opens({ token, post }: Asker): Promise<void> {
  await forum.call('GET', `/posts/${post.slug}`, { headers: { cookie: `colloquy_session=${token}` } });
}

test('what was read in the inbox is taken back from every device, once, in its own place and without a sound', async () => {
  const linh = await asker(2);
  await linh.answer('By boat');
  await linh.reads();
  for (const device of [0, 1]) {
    const [first, second] = await linh.gets(2, device);
    expect(second?.payload).toEqual({ ...READ, tag: first?.payload['tag'], lang: 'en', title: expect.any(String) });
    expect(second?.headers['topic']).toBe(first?.headers['topic']);
  }
  await linh.answer('By bridge');
  await linh.reads();
  for (const device of [0, 1]) {
    const pushes = await linh.gets(4, device);
    expect(pushes.map(({ payload }) => payload['body'])).toEqual(['By boat', READ.body, 'By bridge', READ.body]);
    await until(async () => (await settledOf(pushes[3])).length === 2);
    expect(await settledOf(pushes[0])).toEqual([
      ['sent', 0],
      ['withdrawn', 1],
    ]);
  }
});

test('what was seen in its discussion is taken back, and what was said elsewhere stays', async () => {
  const linh = await asker();
  const elsewhere = await forum.publish(admin, { title: 'Elsewhere' });
  const { id: parentId } = await forum.comment(linh, elsewhere.id);
  await linh.answer('Seen on the page');
  await forum.comment(admin, elsewhere.id, { parentId, body: 'Not seen' });
  await linh.gets(2);
  await opens(linh);
  const pushes = await linh.gets(3);
  expect(pushes[2]?.payload).toMatchObject({ ...READ, tag: pushes[0]?.payload['tag'] });
  await othersAreTold();
  expect(linh.pushes()).toHaveLength(3);
});

test('what was read in part stays until the rest is read, and what is removed afterwards is not sent about again', async () => {
  const linh = await asker();
  service.answering = (_, answer) => void answer.writeHead(503).end();
  const first = await linh.answer('First', false);
  await until(async () => (await settled('PushFailed.v1')).length > 0);
  service.takeAll();
  const second = await linh.answer('Second');
  const [oldest] = (await linh.items()).slice(-1);
  await linh.reads(oldest?.position);
  await othersAreTold();
  expect(linh.pushes().filter(({ payload }) => payload['read'] === true)).toEqual([]);
  await linh.reads();
  await until(() => Promise.resolve(linh.pushes().some(({ payload }) => payload['read'] === true)));
  for (const { id } of [first, second]) await forum.call('DELETE', `/api/v1/comments/${id}`, { token: admin.token });
  await othersAreTold();
  expect(linh.pushes().filter(({ payload }) => payload['quiet'] === true)).toHaveLength(1);
});

test('what is read while its push is under way is taken back, too', async () => {
  const linh = await asker();
  const held = Promise.withResolvers<void>();
  service.answering = (_, answer) => void held.promise.then(() => answer.writeHead(201).end());
  await linh.answer('Read at once', false);
  await linh.gets(1);
  await linh.reads();
  service.takeAll();
  held.resolve();
  const [, second] = await linh.gets(2);
  expect(second?.payload).toMatchObject(READ);
});

test('of what was read before it could be sent nothing is sent', async () => {
  const linh = await asker();
  service.answering = (_, answer) => void answer.writeHead(500).end();
  await linh.answer('Never sent', false);
  const [attempt] = await linh.gets(1);
  await until(async () => (await settled('PushFailed.v1')).some(({ pushId }) => pushId === attempt?.payload['tag']));
  service.takeAll();
  await linh.reads();
  const { now: clock } = Date;
  Date.now = () => clock() + 2 * 60_000;
  try {
    await othersAreTold();
    await until(async () => JSON.stringify(await settledOf(attempt)) === '[["nothing",0]]');
  } finally {
    Date.now = clock;
  }
  expect(linh.pushes()).toHaveLength(1);
});

test('a push service that cannot now is asked again later, with the same words', async () => {
  const linh = await asker();
  await linh.answer('Taken back later');
  service.answering = (_, answer) => void answer.writeHead(503).end();
  await linh.reads();
  const [first, refused] = await linh.gets(2);
  await until(async () => (await settled('PushFailed.v1')).some(({ pushId }) => pushId === first?.payload['tag']));
  service.takeAll();
  const { now: clock } = Date;
  Date.now = () => clock() + 2 * 60_000;
  try {
    await othersAreTold();
    const [, , again] = await linh.gets(3);
    expect(again?.payload).toEqual(refused?.payload);
    await until(async () => (await settledOf(first)).length === 2);
  } finally {
    Date.now = clock;
  }
  expect(await settledOf(first)).toEqual([
    ['sent', 0],
    ['withdrawn', 1],
  ]);
});

test('a device that is gone by then is told no more, and one that was taken off is told nothing', async () => {
  const [gone, off] = [await asker(), await asker()];
  await gone.answer('To one that goes');
  await off.answer('To one that is taken off');
  const { devices } = await forum.done<PushDevices>('GET', PATH, { token: off.token });
  await forum.call('DELETE', `${PATH}/${devices[0]?.id}`, { token: off.token });
  service.answering = (_, answer) => void answer.writeHead(410).end();
  await gone.reads();
  await off.reads();
  await gone.gets(2);
  const left = () => forum.done<PushDevices>('GET', PATH, { token: gone.token });
  await until(async () => (await left()).devices.length === 0);
  service.takeAll();
  await othersAreTold();
  expect([gone.pushes().length, off.pushes().length]).toEqual([2, 1]);
});

test('what is kept of pushes is the same when it is made anew from the log', async () => {
  const path = '/api/v1/audit/views/push/verifications';
  expect(await forum.done('POST', path, { token: admin.token })).toMatchObject({ equal: true });
});
