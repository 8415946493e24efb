import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Post, PushDevices } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { PushTestService } from '../support/push-service.ts';
import type { ForumNode } from './forum-node.ts';
import { alike, startThreeNodes, type ThreeNodes } from './three-nodes.ts';

/** A dead holder's lease is waited for: the half minute of a forum unless told is for the long run. */
const SHORT_LEASES = process.env['COLLOQUY_LONG'] === undefined ? { LEASE_SECONDS: '8' } : {};

let service: PushTestService;
let three: ThreeNodes;
let admin: TestMember;
let linh: TestMember;
let post: Post;
let parentId: string;

beforeAll(async () => {
  service = await PushTestService.start();
  three = await startThreeNodes({ env: { PUSH_SERVICES: service.origin, ...SHORT_LEASES } });
  const { forum } = three.nodes[0];
  admin = await forum.admin();
  linh = await forum.member('linh');
  post = await forum.publish(admin, { title: 'Ferries' });
  parentId = (await forum.comment(linh, post.id)).id;
}, 120_000);
afterAll(async () => {
  await three?.remove();
  await service?.close();
});

/** What pushes have told so far, by their bodies. */
const told = (): readonly string[] => service.received.map(({ payload }) => String(payload['body']));

test('all nodes know the same key, and each answer is pushed once, whichever node it was written at', async () => {
  const keys = await Promise.all(
    three.nodes.map(({ forum }) => forum.done<PushDevices>('GET', '/api/v1/members/me/push', { token: linh.token })),
  );
  const [first] = keys;
  expect(keys.map(({ publicKey }) => publicKey)).toEqual(keys.map(() => first?.publicKey));
  service.publicKey = first?.publicKey ?? '';
  const { token } = linh;
  const body = service.device('linh').wish;
  await three.nodes[1].forum.done('PUT', '/api/v1/members/me/push', { token, body });
  for (const [n, { forum }] of [...three.nodes, ...three.nodes].entries()) {
    await forum.comment(admin, post.id, { parentId, body: `Answer ${n}` });
    await service.gets(n + 1);
  }
  expect(told()).toEqual(Array.from({ length: 6 }, (_, n) => `Answer ${n}`));
}, 120_000);

test('a device that signs out at one node is told by none', async () => {
  const { token } = await three.nodes[2].forum.signIn('linh');
  const body = service.device('second').wish;
  await three.nodes[2].forum.done('PUT', '/api/v1/members/me/push', { token, body });
  await three.nodes[0].forum.comment(admin, post.id, { parentId, body: 'To both' });
  await service.gets(2, ({ payload }) => payload['body'] === 'To both');
  await three.nodes[1].forum.call('DELETE', '/api/v1/sessions/current', { token });
  await three.nodes[0].forum.comment(admin, post.id, { parentId, body: 'To one' });
  await three.nodes[0].forum.comment(admin, post.id, { parentId, body: 'To one again' });
  await service.gets(1, ({ payload }) => JSON.stringify(payload).includes('To one again'));
  expect(
    service.received.filter(
      ({ device, payload }) => device.endpoint === body.endpoint && payload['body'] !== 'To both',
    ),
  ).toEqual([]);
}, 120_000);

/** The pushes that a node has sent since its start. */
async function sentBy({ address }: ForumNode): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  return Number(/colloquy_pushes_total\{outcome="sent"\} (\d+)/.exec(text)?.[1] ?? 0);
}

test('nodes that go on without a dead one lose nothing, and agree on what has become of each', async () => {
  const sent = await Promise.all(three.nodes.map(sentBy));
  const holder = three.nodes[sent.indexOf(Math.max(...sent))] ?? three.nodes[0];
  const alive = three.nodes.find((node) => node !== holder) ?? three.nodes[0];
  await holder.kill();
  await alive.forum.comment(admin, post.id, { parentId, body: 'While one is dead' });
  await service.gets(1, ({ payload }) => JSON.stringify(payload).includes('While one is dead'));
  await holder.start();
  const digests = await three.digests();
  expect(digests).toEqual(alike(digests));
  expect(service.faults).toEqual([]);
}, 300_000);
