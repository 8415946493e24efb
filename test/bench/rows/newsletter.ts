import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import pLimit from 'p-limit';
import { type CountingServer, countsOf, startCountingServer } from '../../support/counted-mails.ts';
import { type Account, newAccount, sendJson } from '../../support/forum-account.ts';
import { peakMemory } from '../../support/peak-memory.ts';
import { newDataDir } from '../../support/served-forum.ts';
import { until } from '../../support/until.ts';
import { alternate, mainThreadMs, quantile, seconds } from '../measure.ts';
import { serveMeasured } from '../measured-forum.ts';
import { writeReaders } from '../raw-people.ts';
import { atLeast, type BenchOptions, type Measured, type Row } from '../row.ts';

const READERS = 20_000;
/** As many as the forum sends at once, over as many connections. */
const SENT_AT_ONCE = 4;
const CONNECTIONS = 2;
const LOOK_EVERY_MS = 50;
const BODY = `${'The **month** in some words, with [a map](/about) and what was said. '.repeat(8)}\n\n`.repeat(4);

export const newsletter: Row = {
  name: 'newsletter',
  what: `an issue of the newsletter to ${READERS.toLocaleString('en')} readers, each mail composed, recorded and taken by a mail server on this machine`,
  against: `bare nodemailer's pool, ${CONNECTIONS} connections, with as many mails of the same bytes to the same server`,
  unit: 'mails/s',
  bound: atLeast(0.1),
  run: measured,
};

async function measured({ rounds, quick, profileDir }: BenchOptions): Promise<Measured> {
  const readers = quick ? READERS / 10 : READERS;
  const server = await startCountingServer();
  const notes = { readers, peakMiB: 0, readsP99Ms: 0, mainThreadMsAMail: 0 };
  try {
    const compared = await alternate(
      rounds,
      async () => {
        const { rate, peakMiB, p99, mainMs } = await ours(readers, server, profileDir);
        notes.peakMiB = Math.round(Math.max(notes.peakMiB, peakMiB));
        notes.readsP99Ms = Math.round(Math.max(notes.readsP99Ms, p99));
        notes.mainThreadMsAMail = Math.round((1_000 * mainMs) / readers) / 1_000;
        return rate;
      },
      () => bare(readers, server),
    );
    return { ...compared, notes };
  } finally {
    await server.close();
  }
}

/** From the press to the last mail; people read the front page meanwhile, one after the other. */
async function ours(readers: number, server: CountingServer, profileDir: string | null) {
  const dataDir = newDataDir();
  const env = { SMTP_URL: server.url };
  const nodeArgs = profileDir === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
  let forum = await serveMeasured({ dataDir, env });
  try {
    const admin = await newAccount(forum.address, 'bench-admin');
    await forum.end();
    await writeReaders(dataDir, readers);
    await viewsOf(dataDir, env);
    forum = await serveMeasured({ dataDir, env, nodeArgs });
    const { id, slug } = await issueOf(forum.address, admin);
    const before = server.mails.length;
    const mainBefore = mainThreadMs(forum.process.pid);
    const reads: number[] = [];
    const reading = new AbortController();
    const others = readOn(forum.address, { reads, signal: reading.signal });
    const took = await seconds(async () => {
      await send(forum.address, { slug, token: admin.token });
      while (server.mails.length < before + readers) await pause(LOOK_EVERY_MS);
    });
    reading.abort();
    await others;
    const { mails, ids, readers: reached } = countsOf(server.mails.slice(before));
    if (mails !== readers || ids !== readers || reached !== readers)
      throw new Error(`${id} went to ${reached} readers`);
    const mainMs = mainThreadMs(forum.process.pid) - mainBefore;
    const { mib } = peakMemory(forum.process.pid ?? 0);
    return { rate: readers / took, peakMiB: mib, p99: quantile(reads, 0.99), mainMs };
  } finally {
    await forum.end();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Has the views of what was written by hand made, so that no memory of that is taken for what sending takes. */
async function viewsOf(dataDir: string, env: Readonly<Record<string, string>>): Promise<void> {
  const forum = await serveMeasured({ dataDir, env });
  await until(async () => (await fetch(`${forum.address}/health/ready`)).ok);
  await forum.end();
}

function issueOf(address: string, { token }: Account): Promise<{ readonly id: string; readonly slug: string }> {
  return sendJson(`${address}/api/v1/posts`, 'POST', { title: 'The month', body: BODY, kind: 'newsletter' }, token);
}

async function send(address: string, { slug, token }: { readonly slug: string; readonly token: string }) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie: `colloquy_session=${token}` };
  const path = `${address}/posts/${slug}/issue`;
  const { status } = await fetch(path, { method: 'POST', redirect: 'manual', headers, body: 'do=send' });
  if (status !== 303) throw new Error(`the sending of an issue was answered with ${status}`);
}

interface Reading {
  readonly reads: number[];
  readonly signal: AbortSignal;
}

async function readOn(address: string, { reads, signal }: Reading): Promise<void> {
  while (!signal.aborted) {
    const began = performance.now();
    await (await fetch(`${address}/`)).text();
    reads.push(performance.now() - began);
  }
}

async function bare(mails: number, { url, lastBytes }: CountingServer): Promise<number> {
  const pool = createTransport({ url, pool: true, maxConnections: CONNECTIONS, maxMessages: 100 });
  const limit = pLimit(SENT_AT_ONCE);
  const bytes = Math.max(lastBytes(), 8_000);
  const raw = `Subject: Bare\r\n\r\n`.padEnd(bytes, `${'y'.repeat(70)}\r\n`);
  const envelope = { from: 'a@example.org', to: ['b@example.org'] };
  const took = await seconds(async () => {
    await Promise.all(Array.from({ length: mails }, () => limit(() => pool.sendMail({ envelope, raw }))));
  });
  pool.close();
  return mails / took;
}
