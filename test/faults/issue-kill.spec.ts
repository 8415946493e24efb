import { rmSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { writeReaders } from '../bench/raw-people.ts';
import { type CountingServer, countsOf, readersReached, startCountingServer } from '../support/counted-mails.ts';
import { type Account, newAccount, sendJson, signIn } from '../support/forum-account.ts';
import { peakMemory } from '../support/peak-memory.ts';
import { newDataDir, type ServedForum, serveForum } from '../support/served-forum.ts';
import { verifyViews } from '../support/stopped-forum.ts';
import { until } from '../support/until.ts';

const IS_LONG = process.env['COLLOQUY_LONG'] !== undefined;
const READERS = IS_LONG ? 20_000 : 300;
const KILLS = IS_LONG ? 20 : 3;
/** The mails that the forum hands over at once: of those alone a server that is killed cannot know. */
const AT_ONCE = 4;
/** 300 MB are asked for. */
const MOST_MIB = 286;

let server: CountingServer | undefined;
let forum: ServedForum | undefined;
let dataDir: string;
afterEach(async () => {
  await forum?.end('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
  await server?.close();
  forum = undefined;
  server = undefined;
});

/** A forum with readers, an editor and an issue, which is served when it resolves. */
async function withIssue(): Promise<{ readonly mails: CountingServer; readonly slug: string; readonly ada: Account }> {
  dataDir = newDataDir();
  server = await startCountingServer();
  forum = await serveForum({ dataDir });
  await newAccount(forum.address, 'ada');
  await forum.end();
  await writeReaders(dataDir, READERS);
  // The views of what was written by hand are made before: no memory of that is taken for what sending takes.
  await starts(server);
  await until(async () => (await fetch(`${forum?.address}/health/ready`)).ok);
  await forum.end();
  await starts(server);
  const ada = await signIn(forum.address, 'ada');
  const wish = { title: 'The month', body: 'What **happened**.', kind: 'newsletter' };
  const { slug } = await sendJson<{ slug: string }>(`${forum.address}/api/v1/posts`, 'POST', wish, ada.token);
  return { mails: server, slug, ada };
}

async function starts({ url }: CountingServer): Promise<void> {
  forum = await serveForum({ dataDir, env: { SMTP_URL: url } });
}

const addressOf = (slug: string): string => `${forum?.address}/posts/${slug}/issue`;
const headersOf = ({ token }: Account) => ({ cookie: `colloquy_session=${token}` });

async function press(slug: string, act: string, by: Account): Promise<number> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...headersOf(by) };
  const body = new URLSearchParams({ do: act });
  return (await fetch(addressOf(slug), { method: 'POST', redirect: 'manual', headers, body })).status;
}

async function page(slug: string, by: Account): Promise<string> {
  return (await fetch(addressOf(slug), { headers: headersOf(by) })).text();
}

const saysSent = new RegExp(`It was sent: ${READERS.toLocaleString('en')} of ${READERS.toLocaleString('en')} mails`);

test(`an issue goes to each of ${READERS} readers once, however often the server is killed meanwhile`, async () => {
  const { mails, slug, ada } = await withIssue();
  expect(await press(slug, 'send', ada)).toBe(303);
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await readersReached(mails, Math.floor((READERS * kill) / (KILLS + 1)));
    await forum?.end('SIGKILL');
    await starts(mails);
  }
  await readersReached(mails, READERS);
  await until(async () => saysSent.test(await page(slug, ada)));
  const counts = countsOf(mails.mails);
  expect(counts).toEqual({ mails: counts.mails, ids: READERS, readers: READERS, twice: [] });
  // What the mail server had taken and the forum could not note any more came again, as the same mail.
  expect(counts.mails - READERS).toBeLessThanOrEqual(KILLS * AT_ONCE);
  expect(await forum?.end()).toBe(0);
  expect((await verifyViews(dataDir)).filter((view) => !view.equal)).toEqual([]);
}, 900_000);

test(`an issue to ${READERS} readers is stopped and goes on, two editors press at once, and the memory stays under ${MOST_MIB} MiB`, async () => {
  const { mails, slug, ada } = await withIssue();
  expect(await Promise.all([press(slug, 'send', ada), press(slug, 'send', ada)])).toEqual([303, 303]);
  await readersReached(mails, READERS / 3);
  expect(await press(slug, 'stop', ada)).toBe(303);
  await until(async () => (await page(slug, ada)).includes('value="resume"'));
  expect(await page(slug, ada)).toMatch(/The sending is stopped after/);
  expect(await press(slug, 'resume', ada)).toBe(303);
  await readersReached(mails, READERS);
  await until(async () => saysSent.test(await page(slug, ada)));
  expect(countsOf(mails.mails)).toEqual({ mails: READERS, ids: READERS, readers: READERS, twice: [] });
  expect(peakMemory(forum?.process.pid ?? 0).mib).toBeLessThan(MOST_MIB);
}, 900_000);
