import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { openSqliteEventStore } from '../../libs/event-store/index.ts';
import { newAccount, newPost, sendJson } from '../support/forum-account.ts';
import type { PushTestDevice } from '../support/push-device.ts';
import { PushTestService, type ReceivedPush } from '../support/push-service.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';

const KILLS = process.env['COLLOQUY_LONG'] === undefined ? 3 : 30;

let service: PushTestService | undefined;
let forum: ServedForum | undefined;
afterEach(async () => {
  await forum?.end('SIGKILL');
  if (forum !== undefined) rmSync(forum.dataDir, { recursive: true, force: true });
  await service?.close();
  forum = undefined;
  service = undefined;
});

/** A discussion in which a member with a device has asked something, and an account that answers. */
async function asked(address: string, device: PushTestDevice): Promise<(body: string) => Promise<void>> {
  const admin = await newAccount(address, 'ada');
  const asker = await newAccount(address, 'asker');
  await sendJson(`${address}/api/v1/members/me/push`, 'PUT', { ...device.wish }, asker.token);
  const postId = await newPost(address, admin, 'Ferries');
  const comments = (to: string) => `${to}/api/v1/posts/${postId}/comments`;
  const { comment } = await sendJson<{ comment: { id: string } }>(
    comments(address),
    'POST',
    { body: 'Which one?' },
    asker.token,
  );
  return async (body) => {
    await sendJson(comments(forum?.address ?? ''), 'POST', { body, parentId: comment.id }, admin.token);
  };
}

const words = (pushes: readonly ReceivedPush[]): readonly string[] =>
  pushes.map(({ payload }) => String(payload['body']));

test('a server that is killed after the push service took a push, and before it knows, sends it twice at most, in one place', async () => {
  service = await PushTestService.start();
  const killed = Promise.withResolvers<void>();
  const env = { PUSH_SERVICES: service.origin };
  forum = await serveForum({ env });
  const answer = await asked(forum.address, service.device('asker'));
  service.answering = () => void forum?.end('SIGKILL').then(() => killed.resolve());
  await answer('By boat').catch(() => undefined);
  await killed.promise;
  service.takeAll();
  expect(words(service.received)).toEqual(['By boat']);
  forum = await serveForum({ dataDir: forum.dataDir, env });
  await service.gets(2);
  await answer('By bridge');
  await service.gets(3);
  expect(words(service.received)).toEqual(['By boat', 'By boat', 'By bridge']);
  const [first, again, next] = service.received;
  expect([again?.payload, again?.headers['topic']]).toEqual([first?.payload, first?.headers['topic']]);
  expect(next?.headers['topic']).not.toBe(first?.headers['topic']);
  expect(service.faults).toEqual([]);
}, 120_000);

/** What pushes told the member, as the log has it, and which of them were settled. */
async function toldAndSettled(dataDir: string) {
  const store = await openSqliteEventStore({ file: join(dataDir, 'log.db') });
  const spans: [bigint, bigint][] = [];
  const settled: string[] = [];
  const types = ['DevicesTold.v1', 'PushSettled.v1'];
  try {
    for await (const { type, data } of store.readAll({ filter: { types } })) {
      const field = (name: string): string => String(Reflect.get(Object(data), name));
      if (type === 'DevicesTold.v1') spans.push([BigInt(field('after')), BigInt(field('upTo'))]);
      else settled.push(field('pushId'));
    }
  } finally {
    await store.close();
  }
  return { spans, settled };
}

test(`of what is said while a server is killed ${KILLS} times nothing is lost, and a repeat takes its own place`, async () => {
  service = await PushTestService.start();
  const env = { PUSH_SERVICES: service.origin };
  forum = await serveForum({ env });
  const answer = await asked(forum.address, service.device('asker'));
  for (let kill = 0; kill < KILLS; kill += 1) {
    for (let n = 0; n < 3; n += 1) await answer(`Answer ${kill}-${n}.`);
    await service.gets(kill + 1);
    await forum.end('SIGKILL');
    forum = await serveForum({ dataDir: forum.dataDir, env });
  }
  await answer('The end.');
  const isLast = ({ payload }: ReceivedPush): boolean => /The end|new notifications/.test(JSON.stringify(payload));
  await service.gets(1, isLast);
  expect(await forum.end()).toBe(0);
  const { spans, settled } = await toldAndSettled(forum.dataDir);
  expect(spans.filter(([after], index) => after < (spans[index - 1]?.[1] ?? 0n))).toEqual([]);
  const tags = service.received.map(({ payload }) => payload['tag']);
  expect(new Set(settled).size).toBe(settled.length);
  expect(settled.filter((pushId) => !tags.includes(pushId))).toEqual([]);
  // Of each server that was killed, those may come again that it had under way.
  expect(tags.length - new Set(tags).size).toBeLessThanOrEqual(KILLS * 16);
  expect(service.faults).toEqual([]);
}, 180_000);
