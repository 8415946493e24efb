import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { IssueProgress, Post } from '../../libs/client/index.ts';
import { AdminPages } from '../support/admin-pages.ts';
import { disqusExport, disqusPost, thread } from '../support/disqus-exports.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { unlessMissing } from '../support/left-out.ts';
import { type MailServer, type ReceivedMail, startMailServer } from '../support/mail-server.ts';
import { until } from '../support/until.ts';
import type { ForumNode } from './forum-node.ts';
import { alike, startThreeNodes, type ThreeNodes } from './three-nodes.ts';

/** A dead holder's lease is waited for: the half minute of a forum unless told is for the long run. */
const LONG = process.env['COLLOQUY_LONG'] !== undefined;
const SHORT_LEASES = LONG ? {} : { LEASE_SECONDS: '8' };
const whenLong = unlessMissing(LONG ? null : 'COLLOQUY_LONG is not set');
/** More than are handed over at once. */
const READERS = 130;
/** So many imported comments that a node can be killed before it has brought all. */
const BROUGHT = LONG ? 600 : 300;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let server: MailServer;
let three: ThreeNodes;
let admin: TestMember;
/** Called with each mail before the server takes it. */
let taking: (mail: ReceivedMail) => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  server = await startMailServer({}, (mail, answer) => void taking(mail).then(answer));
  const env = { SMTP_URL: server.url, MAIL_FROM: 'forum@forum.example', ...SHORT_LEASES };
  three = await startThreeNodes({ env });
  const { forum } = three.nodes[0];
  admin = await forum.admin();
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { newsletter: true } });
  for (let n = 0; n < READERS; n += 1) {
    await forum.call('POST', '/api/v1/newsletter/subscriptions', { body: { email: `reader-${n}@readers.example` } });
  }
  const letters = await server.gets(READERS, isLetter);
  for (const { parsed } of letters) {
    const path = /\/confirm\/\S+/.exec(parsed.text ?? '')?.[0] ?? '';
    expect((await forum.call('POST', path, { raw: '', headers: FORM })).status).toBe(200);
  }
}, 300_000);
afterAll(async () => {
  await three?.remove();
  await server?.close();
});

const isReader = ({ to }: ReceivedMail): boolean => to.some((address) => address.endsWith('@readers.example'));
const isLetter = (mail: ReceivedMail): boolean => isReader(mail) && /\/confirm\//.test(mail.parsed.text ?? '');
const of = (post: Post) => (mail: ReceivedMail) => mail.parsed.subject === post.title;
const idsOf = (mails: readonly ReceivedMail[]) => new Set(mails.map(({ parsed }) => parsed.messageId));
const act = ({ forum }: ForumNode, post: Post, wish: string): Promise<IssueProgress> =>
  forum.done('POST', `/api/v1/posts/${post.id}/issue`, { token: admin.token, body: { do: wish } });

/** The mails that a node has sent since its start. */
async function sentBy({ address }: ForumNode): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  return Number(/colloquy_mails_total\{outcome="sent"\} (\d+)/.exec(text)?.[1] ?? 0);
}

/** A frozen node is waited for by mails and by pushes in each run. */
for (const [way, where] of [
  ['kill', { it: test }],
  ['freeze', whenLong],
] as const)
  where.it(
    `an issue that is sent on all nodes at once goes to each reader once, though the node that hands it over is lost (${way})`,
    async () => {
      const [first, second, third] = three.nodes;
      const post = await first.forum.publish(admin, { title: `The month of ${way}`, kind: 'newsletter' });
      await Promise.all(
        three.nodes.map(({ forum }) =>
          until(async () => (await forum.call('GET', `/api/v1/posts/${post.id}`)).status === 200),
        ),
      );
      const before = await Promise.all(three.nodes.map(sentBy));
      const held = Promise.withResolvers<void>();
      taking = (mail) =>
        of(post)(mail) && server.received.filter(of(post)).length > 20 ? held.promise : Promise.resolve();
      await Promise.all([act(first, post, 'send'), act(second, post, 'send'), act(third, post, 'send')]);
      await server.gets(21, of(post));
      const sent = await Promise.all(three.nodes.map(sentBy));
      const at = sent.findIndex((mails, n) => mails > (before[n] ?? 0));
      const holder = three.nodes[at] ?? first;
      const other = holder === first ? second : first;
      await holder[way]();
      taking = () => Promise.resolve();
      held.resolve();
      const progress = (): Promise<IssueProgress> =>
        other.forum.done('GET', `/api/v1/posts/${post.id}/issue`, { token: admin.token });
      for (let came = READERS; idsOf(server.received.filter(of(post))).size < READERS; came += 1) {
        await server.gets(came, of(post));
      }
      await until(async () => (await progress()).state === 'finished');
      if (way === 'kill') await holder.start();
      else holder.thaw();
      const mails = server.received.filter(of(post));
      const byReader = Map.groupBy(mails, ({ to }) => to.join());
      expect([byReader.size, idsOf(mails).size]).toEqual([READERS, READERS]);
      expect([...byReader.values()].filter((each) => idsOf(each).size > 1)).toEqual([]);
      // Those that were under way when their sender went: at most as many as it sends at once.
      expect(mails.length).toBeLessThanOrEqual(READERS + 4);
      expect(await progress()).toMatchObject({ state: 'finished', readers: READERS, sent: READERS, unsent: 0 });
    },
    300_000,
  );

test('an import that one node brings is told by the others, which bring none meanwhile and go on when it is lost', async () => {
  const [first, second] = three.nodes;
  const threads = Array.from({ length: 20 }, (_, n) => thread(n + 1));
  const comments = Array.from({ length: BROUGHT }, (_, n) => disqusPost(n + 1, { thread: 1 + (n % 20) }));
  const file = disqusExport(...threads, ...comments);
  const [there, here] = [first, second].map(({ address }) => new AdminPages(address, admin.token));
  if (there === undefined || here === undefined) throw new Error('there are three nodes');
  const looked = async (pages: AdminPages): Promise<string> => {
    const path = await pages.import(file);
    await until(async () => (await pages.read(path)).includes('This is what would come.'));
    return path;
  };
  const [path, other] = await Promise.all([looked(there), looked(here)]);
  const bring = new URLSearchParams({ do: 'bring' });
  expect(await there.send(path, bring)).toBe(path);
  expect(await here.send(other, bring)).toBe(`${other}?late=1`);
  expect(await here.read('/admin/import')).toContain('Another node of this forum is importing');
  expect(await there.read('/admin/import')).not.toContain('Another node');
  await until(async () => /% so far.*[^\d][1-9]\d* comments/.test(await there.read(path)));
  await first.kill();
  // The half minute of the built program's lease is longer than is waited for at once, and so is an import beside other tests.
  const isBrought = async (): Promise<boolean> => (await here.send(other, bring)) === other;
  await until(isBrought).catch(() => until(isBrought));
  const isDone = async (): Promise<boolean> => (await here.read(other)).includes('It is done.');
  await until(isDone).catch(() => until(isDone));
  const report = await here.read(other);
  const count = (name: string): number =>
    Number(new RegExp(`${name}</dt><dd class="number">([\\d,]+)`).exec(report)?.[1]?.replace(',', '') ?? 0);
  expect(count('New comments') + count('Comments that are here already')).toBe(BROUGHT);
  expect(count('Comments that are here already')).toBeGreaterThan(0);
  const again = await here.read(await looked(here));
  expect(again).toContain('<dt>New comments</dt><dd class="number">0</dd>');
  await first.start();
}, 180_000);

test('the nodes agree on what has become of each', async () => {
  const digests = await three.digests();
  expect(digests).toEqual(alike(digests));
}, 120_000);
