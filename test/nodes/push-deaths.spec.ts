import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Comment, LogEvent, NotificationList, Page, Post, PushDevices } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { unlessMissing } from '../support/left-out.ts';
import { PushTestService, type ReceivedPush } from '../support/push-service.ts';
import { until } from '../support/until.ts';
import type { ForumNode } from './forum-node.ts';
import { alike, startThreeNodes, type ThreeNodes } from './three-nodes.ts';

/** A dead holder's lease is waited for: the half minute of a forum unless told is for the long run. */
const LONG = process.env['COLLOQUY_LONG'] !== undefined;
const SHORT_LEASES = LONG ? {} : { LEASE_SECONDS: '8' };
const whenLong = unlessMissing(LONG ? null : 'COLLOQUY_LONG is not set');
const WITHDRAWN = 'What was told here is no longer there';

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
  const { publicKey } = await forum.done<PushDevices>('GET', '/api/v1/members/me/push', { token: linh.token });
  service.publicKey = publicKey;
  const body = service.device('linh').wish;
  await forum.done('PUT', '/api/v1/members/me/push', { token: linh.token, body });
}, 120_000);
afterAll(async () => {
  await three?.remove();
  await service?.close();
});

const answerAt = ({ forum }: ForumNode, body: string): Promise<Comment> =>
  forum.comment(admin, post.id, { parentId, body });
const saying = (words: string) => (push: ReceivedPush) => JSON.stringify(push.payload).includes(words);
const pushesOf = (words: string): readonly ReceivedPush[] => service.received.filter(saying(words));

/** What became of pushes, in the order of the log. */
async function settlements({ forum }: ForumNode): Promise<readonly LogEvent['data'][]> {
  const path = '/api/v1/audit/events?type=PushSettled.v1&limit=200';
  const { items } = await forum.done<Page<LogEvent>>('GET', path, { token: admin.token });
  return items.map(({ data }) => data);
}

async function sentBy({ address }: ForumNode): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  return Number(/colloquy_pushes_total\{outcome="sent"\} (\d+)/.exec(text)?.[1] ?? 0);
}

let primed = 0;

/** The node that has just sent a push, and so has the lease for some seconds, before the others. */
async function holderFirst(): Promise<readonly [ForumNode, ForumNode, ForumNode]> {
  const before = await Promise.all(three.nodes.map(sentBy));
  primed += 1;
  await answerAt(three.nodes[primed % 3] ?? three.nodes[0], `Prime ${primed}`);
  for (;;) {
    const now = await Promise.all(three.nodes.map(sentBy));
    const at = now.findIndex((count, n) => count > (before[n] ?? 0));
    const [holder, other, third] = [0, 1, 2].map((n) => three.nodes[(at + n) % 3]);
    if (at !== -1 && holder && other && third) return [holder, other, third];
  }
}

/** From now on a push service that takes pushes and says nothing. */
function silence(): { readonly end: () => void } {
  const held = Promise.withResolvers<void>();
  service.answering = (_, answer) => void held.promise.then(() => answer.destroyed || answer.writeHead(201).end());
  return {
    end: () => {
      service.takeAll();
      held.resolve();
    },
  };
}

/** A comment that is told, and recorded as told: what was sent and not recorded would come once more. */
async function toldAndRecorded(node: ForumNode, body: string): Promise<{ readonly id: string; readonly tag: unknown }> {
  const { id } = await answerAt(node, body);
  const [told] = await service.gets(1, saying(body));
  await until(async () => JSON.stringify(await settlements(node)).includes(id));
  return { id, tag: told?.payload['tag'] };
}

/** A holder is killed by what is read, below, in each run. */
for (const [way, where] of [
  ['kill', whenLong],
  ['freeze', { it: test }],
] as const)
  where.it(
    `what its holder had sent and not recorded is sent once more at most, in its own place, and what is removed then is taken back once (${way})`,
    async () => {
      const [holder, other] = await holderFirst();
      const gone = await toldAndRecorded(other, `Goes after ${way}`);
      const { end } = silence();
      const words = `Unrecorded, then ${way}`;
      await answerAt(other, words);
      await service.gets(1, saying(words));
      await holder[way]();
      end();
      await other.forum.call('DELETE', `/api/v1/comments/${gone.id}`, { token: admin.token });
      const [first, second] = await service.gets(2, saying(words));
      expect(second?.payload).toEqual(first?.payload);
      expect(second?.headers['topic']).toBe(first?.headers['topic']);
      const takesBack = ({ payload }: ReceivedPush): boolean =>
        payload['tag'] === gone.tag && payload['quiet'] === true;
      const [taken] = await service.gets(1, takesBack);
      expect(taken?.payload).toMatchObject({ tag: gone.tag, quiet: true, body: WITHDRAWN });
      if (way === 'kill') await holder.start();
      else holder.thaw();
      // Of what comes afterwards nothing is doubled, whoever sends it, and what was doubled comes no third time.
      for (const [n, node] of three.nodes.entries()) {
        await answerAt(node, `After ${way} ${n}`);
        await service.gets(1, saying(`After ${way} ${n}`));
      }
      await toldAndRecorded(other, `Last after ${way}`);
      expect(pushesOf(words)).toHaveLength(2);
      for (const n of [0, 1, 2]) expect(pushesOf(`After ${way} ${n}`)).toHaveLength(1);
      expect(service.received.filter(takesBack)).toHaveLength(1);
      expect(pushesOf(`Goes after ${way}`)).toHaveLength(1);
      expect(service.faults).toEqual([]);
    },
    300_000,
  );

/** Reads the whole inbox at the node. */
async function reads({ forum }: ForumNode): Promise<void> {
  const { token } = linh;
  const { items } = await forum.done<NotificationList>('GET', '/api/v1/notifications', { token });
  await forum.done('PUT', '/api/v1/notifications/read', { token, body: { upTo: items[0]?.position } });
}

test('what is read at one node is taken back by whoever has the lease, and when it dies before it knows, once more at most', async () => {
  const takesBack = (tag: unknown) => (push: ReceivedPush) =>
    push.payload['tag'] === tag && push.payload['read'] === true;
  const [holder, other] = await holderFirst();
  const early = await toldAndRecorded(other, 'Read while all live');
  await reads(other);
  await service.gets(1, takesBack(early.tag));
  const late = await toldAndRecorded(other, 'Read while one dies');
  const { end } = silence();
  await reads(other);
  await service.gets(1, takesBack(late.tag));
  await holder.kill();
  end();
  const [first, second] = await service.gets(2, takesBack(late.tag));
  expect(second?.payload).toEqual(first?.payload);
  expect(second?.headers['topic']).toBe(first?.headers['topic']);
  await holder.start();
  await toldAndRecorded(other, 'After what was read');
  expect(service.received.filter(takesBack(early.tag))).toHaveLength(1);
  expect(service.received.filter(takesBack(late.tag))).toHaveLength(2);
  const settled = (await settlements(other)).filter((data) => Reflect.get(Object(data), 'pushId') === late.tag);
  expect(settled.map((data) => Reflect.get(Object(data), 'outcome'))).toEqual(['sent', 'withdrawn']);
}, 300_000);

test('nothing else came twice, and the nodes agree on what has become of each', async () => {
  const bodies = Map.groupBy(service.received, ({ payload }) => `${payload['tag']} ${payload['body']}`);
  const twice = [...bodies.values()].flatMap((pushes) => (pushes.length > 1 ? [pushes[0]?.payload['body']] : []));
  const ways = LONG ? ['kill', 'freeze'] : ['freeze'];
  expect(twice).toEqual([...ways.map((way) => `Unrecorded, then ${way}`), 'Nothing left to read here']);
  const digests = await three.digests();
  expect(digests).toEqual(alike(digests));
}, 120_000);
