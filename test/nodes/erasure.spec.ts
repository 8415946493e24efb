import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AskedErasure, Erasure } from '../../libs/client/index.ts';
import { filesWith } from '../support/files-with.ts';
import { PASSWORD } from '../support/forum-caller.ts';
import { until } from '../support/until.ts';
import { alike, startThreeNodes, type ThreeNodes } from './three-nodes.ts';

/** Stands in everything that the person writes, and nowhere else. */
const MARK = 'quxnodeszebra';

let three: ThreeNodes;
beforeAll(async () => {
  three = await startThreeNodes();
}, 120_000);
afterAll(() => three?.remove());

test('an erasure reaches every node, also one that was away, and leaves the words on none', async () => {
  const [first, second, away] = three.nodes;
  await first.forum.admin();
  const body = { handle: 'person', displayName: `N ${MARK}`, email: `${MARK}@example.org`, password: PASSWORD };
  await first.forum.done('POST', '/api/v1/members', { body });
  const { token } = await first.forum.signIn('person');
  const post = await first.forum.publish(await first.forum.admin());
  const path = `/api/v1/posts/${post.id}/comments`;
  await first.forum.done('POST', path, { token, body: { body: `C ${MARK}` } });
  const statusOn = async ({ forum }: typeof first) => (await forum.thread(post.id)).items.map(({ status }) => status);
  for (const node of three.nodes) await until(async () => (await statusOn(node)).join() === 'visible');
  await away.kill();

  const wish = { comments: 'remove', password: PASSWORD, immediately: true };
  const asked = await second.forum.done<AskedErasure>('POST', '/api/v1/members/me/erasure', { token, body: wish });
  const told = () => first.forum.done<Erasure>('GET', `/api/v1/erasures/${asked.erasureId}`);
  await until(async () => (await first.forum.call('GET', `/api/v1/erasures/${asked.erasureId}`)).status === 200);
  await until(async () => (await told()).state === 'done');
  await away.start();

  for (const node of three.nodes) {
    await until(async () => (await statusOn(node)).join() === 'erased');
    await until(async () => (await node.forum.call('GET', '/api/v1/members/me', { token })).status === 401);
    await until(() => filesWith(node.dataDir, MARK).length === 0);
  }
  const digests = await three.digests();
  expect(digests).toEqual(alike(digests));
}, 180_000);
