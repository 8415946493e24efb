import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type ChildProgram, runProgram, startProgram } from '../../support/child-program.ts';
import { newAccount, sendJson } from '../../support/forum-account.ts';
import { type BenchForum, startBenchForum } from '../bench-forum.ts';
import { discussedPost } from '../discussed-post.ts';
import type { PageLoad } from '../load/page-load.ts';
import { httpLoad } from '../load/run-http-load.ts';
import { alternate, mainThreadMs, median } from '../measure.ts';
import { atLeast, type BenchOptions, type Measured, type Row } from '../row.ts';

const CONNECTIONS = 32;
const COMMENTS = 500;
const POSTS = 30;
/** What is asked of a page of a member's own. */
const SIGNED_IN_A_SECOND = 600;
const BROWSER = { 'accept-encoding': 'gzip, deflate, br', 'accept-language': 'en' };

const bare = resolve(import.meta.dirname, '../baselines/fastify.ts');
const pageLoad = resolve(import.meta.dirname, '../load/page-load.ts');

export const htmlPage: Row = {
  name: 'html-page',
  what: `GET the page of a ${COMMENTS}-comment post, not signed in, compressed, ${CONNECTIONS} connections`,
  against: 'bare Fastify route that sends the same bytes from memory',
  unit: 'requests/s',
  bound: atLeast(0.7),
  run: async (options) => {
    const forum = await startBenchForum(options);
    return besideBare(options, forum, [await pageOf(forum)]);
  },
};

export const htmlSignedIn: Row = {
  name: 'html-signed-in',
  what: `GET the page of a ${COMMENTS}-comment post by its member, compressed, ${CONNECTIONS} connections`,
  against: 'what is asked',
  unit: 'requests/s',
  bound: atLeast(1),
  run: async (options) => {
    const forum = await startBenchForum(options);
    const path = await pageOf(forum);
    const member = await newAccount(forum.forum.address, 'bench-member');
    const headers = { ...BROWSER, cookie: `colloquy_session=${member.token}` };
    const load = { addresses: [forum.forum.address], connections: CONNECTIONS, seconds: secondsOf(options) };
    const microseconds: number[] = [];
    const measure = async (): Promise<number> => {
      const loading = (): Promise<number> => httpLoad(load, [[{ method: 'GET', path, headers }]]);
      const { rate, took } = await costing(loading, { pid: forum.forum.process.pid, seconds: load.seconds });
      microseconds.push(took);
      return rate;
    };
    const compared = await alternate(options.rounds, measure, async () => SIGNED_IN_A_SECOND);
    await forum.end();
    const notes = { connections: CONNECTIONS, comments: COMMENTS, cpuMicroseconds: median(microseconds) };
    return { ...compared, notes };
  },
};

export const listPages: Row = {
  name: 'list-pages',
  what: `GET home, archive, a month and a tag in turn, of ${POSTS} posts, not signed in, ${CONNECTIONS} connections`,
  against: 'bare Fastify route that sends the bytes of the first from memory',
  unit: 'requests/s',
  bound: atLeast(0.7),
  run: async (options) => {
    const forum = await startBenchForum(options);
    await publishNews(forum);
    const month = `/archive/${new Date().toISOString().slice(0, 7).replace('-', '/')}`;
    return besideBare(options, forum, ['/', '/archive', month, '/tags/news']);
  },
};

export const feed: Row = {
  name: 'feed',
  what: `GET the feeds of a forum of ${POSTS} posts, of a tag, of a ${COMMENTS}-comment post and of a member in turn, ${CONNECTIONS} connections`,
  against: 'bare Fastify route that sends the bytes of the first from memory',
  unit: 'requests/s',
  bound: atLeast(0.7),
  run: async (options) => {
    const forum = await startBenchForum(options);
    await publishNews(forum);
    const post = await pageOf(forum);
    const wish = { headers: { authorization: `Bearer ${forum.admin.token}` } };
    const { handle } = await (await fetch(`${forum.forum.address}/api/v1/members/me`, wish)).json();
    return besideBare(options, forum, [
      '/feed.xml',
      '/tags/news/feed.atom',
      `${post}/feed.atom`,
      `/members/${handle}/feed.json`,
    ]);
  },
};

async function publishNews({ forum, admin }: BenchForum): Promise<void> {
  for (let n = 0; n < POSTS; n += 1) {
    const post = { title: `News of week ${n}`, body: 'What do you think?', tags: ['news'] };
    await sendJson(`${forum.address}/api/v1/posts`, 'POST', post, admin.token);
  }
}

/** The pages in turn, and the bytes of the first by a bare route. */
async function besideBare(
  options: BenchOptions,
  { forum, end }: BenchForum,
  paths: readonly string[],
): Promise<Measured> {
  const bytes = await sentBytes(`${forum.address}${paths[0]}`);
  const scratch = mkdtempSync(join(tmpdir(), 'colloquy-bench-'));
  const file = join(scratch, 'page');
  writeFileSync(file, bytes);
  const base = await startProgram([bare, file], { env: { NODE_ENV: 'production' } });
  const seconds = secondsOf(options);
  const microseconds: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] };
  const load = async (
    { firstLine, process }: ChildProgram,
    { from, took }: { readonly from: readonly string[]; readonly took: number[] },
  ): Promise<number> => {
    const [address = ''] = /http:\S+/.exec(firstLine) ?? [];
    const pages: PageLoad = { address, connections: CONNECTIONS, seconds, paths: from, headers: BROWSER };
    const loading = async (): Promise<number> => Number(await runProgram([pageLoad, JSON.stringify(pages)]));
    const cost = await costing(loading, { pid: process.pid, seconds });
    took.push(cost.took);
    return cost.rate;
  };
  const compared = await alternate(
    options.rounds,
    () => load(forum, { from: paths, took: microseconds.ours }),
    () => load(base, { from: ['/thread'], took: microseconds.bare }),
  );
  await end();
  await base.end();
  rmSync(scratch, { recursive: true });
  const cpu = { cpuMicroseconds: median(microseconds.ours), bareCpuMicroseconds: median(microseconds.bare) };
  return { ...compared, notes: { connections: CONNECTIONS, bytes: bytes.byteLength, seconds, ...cpu } };
}

/** The answers a second that a load had, and the microseconds that each took of the server's main thread. */
async function costing(
  load: () => Promise<number>,
  { pid, seconds }: { readonly pid: number | undefined; readonly seconds: number },
): Promise<{ readonly rate: number; readonly took: number }> {
  const before = mainThreadMs(pid);
  const rate = await load();
  return { rate, took: ((mainThreadMs(pid) - before) * 1_000) / (rate * seconds) };
}

async function pageOf({ forum, admin }: BenchForum): Promise<string> {
  const { postId } = await discussedPost(forum.address, admin, COMMENTS);
  const { slug } = await (await fetch(`${forum.address}/api/v1/posts/${postId}`)).json();
  return `/posts/${slug}`;
}

/** As they come over the wire: fetch would decompress them. */
async function sentBytes(url: string): Promise<Buffer> {
  const sent = get(url, { headers: BROWSER });
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  if (answer === undefined) throw new Error(`${url} was not answered`);
  return buffer(answer);
}

function secondsOf({ quick }: BenchOptions): number {
  return quick ? 4 : 10;
}
