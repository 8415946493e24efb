import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startThreeNodes, type ThreeNodes } from './three-nodes.ts';

let three: ThreeNodes;
let postId: string;
beforeAll(async () => {
  three = await startThreeNodes({ env: { RATE_LIMITS: 'on' } });
  const { forum } = three.nodes[0];
  const admin = await forum.admin();
  ({ id: postId } = await forum.publish(admin));
  const { token } = admin;
  const opened = await forum.call('PATCH', '/api/v1/site', { token, body: { guests: true } });
  await three.reached(opened.headers.get('colloquy-position') ?? '');
}, 120_000);
afterAll(() => three?.remove());

test('a mailbox gets no more letters from all nodes together than from one', async () => {
  const outcomes: number[] = [];
  for (const at of [0, 1, 2, 0, 1, 2, 0]) {
    const { forum } = three.nodes[at] ?? three.nodes[0];
    const guest = { name: 'Sokha', email: `sokha+${outcomes.length}@example.org` };
    const body = { body: `Comment ${outcomes.length}`, guest };
    outcomes.push((await forum.call('POST', `/api/v1/posts/${postId}/comments`, { body })).status);
  }
  expect(outcomes).toEqual([202, 202, 202, 202, 202, 429, 429]);
}, 60_000);
