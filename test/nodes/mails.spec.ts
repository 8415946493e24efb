import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type MailServer, type ReceivedMail, startMailServer } from '../support/mail-server.ts';
import type { ForumNode } from './forum-node.ts';
import { alike, startThreeNodes, type ThreeNodes } from './three-nodes.ts';

/** A dead holder's lease is waited for: the half minute of a forum unless told is for the long run. */
const SHORT_LEASES = process.env['COLLOQUY_LONG'] === undefined ? { LEASE_SECONDS: '8' } : {};

const isTest = ({ parsed }: ReceivedMail): boolean => parsed.subject === 'A test mail from Colloquy';

let server: MailServer;
let three: ThreeNodes;
let token: string;

beforeAll(async () => {
  server = await startMailServer();
  three = await startThreeNodes({
    env: { SMTP_URL: server.url, MAIL_FROM: 'forum@forum.example', ...SHORT_LEASES },
  });
  ({ token } = await three.nodes[0].forum.admin());
}, 120_000);
afterAll(async () => {
  await three?.remove();
  await server?.close();
});

async function askTest({ address }: ForumNode): Promise<void> {
  const response = await fetch(`${address}/admin/outbox/tests`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: `colloquy_session=${token}` },
  });
  if (response.status !== 303) throw new Error(`a test mail was answered with ${response.status}`);
}

/** The mails that a node has sent since its start. */
async function sentBy({ address }: ForumNode): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  return Number(/colloquy_mails_total\{outcome="sent"\} (\d+)/.exec(text)?.[1] ?? 0);
}

const idsOf = (mails: readonly ReceivedMail[]) => new Set(mails.map(({ parsed }) => parsed.messageId));
const tests = (): readonly ReceivedMail[] => server.received.filter(isTest);

/** Resolves when so many different test mails have come. */
async function different(count: number): Promise<void> {
  for (let came = count; idsOf(tests()).size < count; ) came = (await server.gets(came, isTest)).length + 1;
}

test('each mail comes once, whichever node it was asked of, and one node sends them all', async () => {
  await Promise.all(Array.from({ length: 30 }, (_, n) => askTest(three.nodes[n % 3] ?? three.nodes[0])));
  await different(30);
  expect(tests()).toHaveLength(30);
  const sent = await Promise.all(three.nodes.map(sentBy));
  expect(sent.filter((mails) => mails > 0)).toHaveLength(1);
}, 120_000);

test('a dead holder of the lease is replaced, and so is one that is frozen; no mail is lost or changed', async () => {
  for (const way of ['kill', 'freeze'] as const) {
    const before = idsOf(tests()).size;
    const sent = await Promise.all(three.nodes.map(sentBy));
    const holder = three.nodes[sent.indexOf(Math.max(...sent))] ?? three.nodes[0];
    const [other = three.nodes[0], third = three.nodes[0]] = three.nodes.filter((node) => node !== holder);
    await Promise.all([askTest(other), askTest(third)]);
    await holder[way]();
    await Promise.all([askTest(other), askTest(third), askTest(other)]);
    await different(before + 5);
    if (way === 'kill') await holder.start();
    else holder.thaw();
  }
  expect(idsOf(tests()).size).toBe(40);
  // Of those that were under way when their sender went: at most as many as it sends at once.
  expect(tests().length).toBeLessThanOrEqual(40 + 8);
}, 300_000);

test('the nodes agree on what has become of each', async () => {
  await askTest(three.nodes[0]);
  await different(41);
  const digests = await three.digests();
  expect(digests).toEqual(alike(digests));
}, 120_000);
