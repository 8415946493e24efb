import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Comment, CommentPage, Readiness } from '../../libs/client/index.ts';
import type { ForumParts } from '../../src/composition/forum.ts';
import { ForumCaller, type TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

const NEXT = new URL('../views/next-thread.worker.ts', import.meta.url);
const SEARCH = new URL('../views/gated-search.worker.ts', import.meta.url);
const OTHER = new URL('../views/other-thread.worker.ts', import.meta.url);
/** Rounds that each client has behind it before the next thing happens. */
const ROUNDS = 15;

let dataDir: string;
let running: RunningForum | undefined;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'colloquy-swap-'));
});
afterEach(async () => {
  await running?.close({ keep: true });
  running = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(worker?: URL, env = {}, parts: Pick<ForumParts, 'besideMs'> = {}): Promise<RunningForum> {
  running = await startForum({ env: { DATA_DIR: dataDir, ...env }, ...(worker && { worker }), ...parts });
  return running;
}

/** Lets the build of the next version go on. */
const openGate = (): void => writeFileSync(join(dataDir, 'views', 'gate'), '');

interface FilledForum {
  readonly postId: string;
  readonly admin: TestMember;
}

/** A post with comments, in a forum that was stopped. */
async function filledForum(): Promise<FilledForum> {
  const forum = await start();
  const admin = await forum.admin();
  const post = await forum.publish(admin);
  for (let count = 0; count < 20; count += 1) await forum.comment(admin, post.id);
  await forum.close({ keep: true });
  return { postId: post.id, admin };
}

interface Client {
  rounds: number;
  readonly positions: bigint[];
}

/** Clients that read and write without a pause until they are told to stop; whatever fails ends them. */
class Traffic {
  readonly clients: Client[] = [];
  readonly written: string[] = [];
  readonly #forum: ForumCaller;
  readonly #running: Promise<void>[] = [];
  #stopped = false;

  constructor(forum: ForumCaller) {
    this.#forum = forum;
  }

  /** Each round gives the positions that its answers showed. */
  add(round: (forum: ForumCaller) => Promise<readonly bigint[]>): void {
    const client: Client = { rounds: 0, positions: [] };
    this.clients.push(client);
    this.#running.push(this.#run(client, round));
  }

  /** Resolves when every client has gone on for some rounds; throws what ended one of them. */
  async goesOn(): Promise<void> {
    const target = this.clients.map(({ rounds }) => rounds + ROUNDS);
    const reached = async (): Promise<void> => {
      while (this.clients.some(({ rounds }, at) => rounds < (target[at] ?? 0))) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await Promise.race([reached(), Promise.all(this.#running)]);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running);
  }

  async #run(client: Client, round: (forum: ForumCaller) => Promise<readonly bigint[]>): Promise<void> {
    while (!this.#stopped) {
      client.positions.push(...(await round(this.#forum)));
      client.rounds += 1;
    }
  }
}

async function positionOf(forum: ForumCaller, path: string): Promise<bigint> {
  const { status, headers, body } = await forum.call('GET', path);
  if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${JSON.stringify(body)}`);
  return BigInt(headers.get('colloquy-position') ?? '-1');
}

function readThread(forum: ForumCaller, path: string, headers = {}): Promise<CommentPage> {
  return forum.done<CommentPage>('GET', path, { headers });
}

function busy(forum: ForumCaller, { postId, admin: { token } }: FilledForum): Traffic {
  const traffic = new Traffic(forum);
  const thread = `/api/v1/posts/${postId}/comments`;
  traffic.add(async () => [BigInt((await readThread(forum, thread)).position)]);
  traffic.add(async () => [BigInt((await readThread(forum, `${thread}?sort=best&limit=5`)).position)]);
  traffic.add(async () => [
    await positionOf(forum, '/api/v1/posts'),
    await positionOf(forum, `/api/v1/posts/${postId}`),
  ]);
  traffic.add(async () => {
    const wish = { token, body: { body: 'Written meanwhile.' } };
    const { comment, position } = await forum.done<{ comment: Comment; position: string }>('POST', thread, wish);
    traffic.written.push(comment.id);
    const page = await readThread(forum, `${thread}?sort=newest`, { 'colloquy-after': position });
    if (!page.items.some(({ id }) => id === comment.id)) throw new Error(`${comment.id} is not read by its writer`);
    return [BigInt(page.position)];
  });
  return traffic;
}

function expectNeverBack({ clients }: Traffic): void {
  for (const { positions } of clients) {
    expect(positions.filter((position, at) => position < (positions[at - 1] ?? 0n))).toEqual([]);
  }
}

const versionOf = ({ forum }: RunningForum): number | undefined =>
  forum.views.state().find(({ name }) => name === 'thread')?.version;
const threadFiles = (): readonly string[] =>
  readdirSync(join(dataDir, 'views')).filter((file) => /^thread\..*\.db$/.test(file));

describe('a view is swapped under load', () => {
  it('by its next version, and by a rebuild: no request fails, none goes back in position', async () => {
    const filled = await filledForum();
    const [before] = threadFiles();
    const forum = await start(NEXT);
    const version = versionOf(forum) ?? 0;
    const traffic = busy(forum, filled);
    await traffic.goesOn();
    expect(threadFiles()).toContain(before);
    expect(versionOf(forum)).toBe(version);

    openGate();
    const swapped = async (): Promise<void> => {
      while (versionOf(forum) !== version + 1) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await Promise.all([swapped(), traffic.goesOn()]);
    await traffic.goesOn();
    await Promise.all([forum.forum.views.rebuild('thread'), traffic.goesOn()]);
    await traffic.goesOn();
    await traffic.stop();

    expectNeverBack(traffic);
    expect(forum.forum.views.db('thread').prepare('SELECT * FROM next_version').all()).toEqual([]);
    expect(threadFiles()).toEqual([`thread.v${version + 1}.2.db`]);
    const { total } = await readThread(forum, `/api/v1/posts/${filled.postId}/comments`);
    expect(total).toBe(20 + traffic.written.length);
    expect(await forum.forum.views.verify('thread')).toMatchObject({ version: version + 1, equal: true });
  });
});

describe('a view that is not built yet', () => {
  it('is 503 with Retry-After on every way in, and never an empty forum', async () => {
    const { postId, admin } = await filledForum();
    const port = await freePort();
    const started = start(OTHER, { PORT: String(port) });
    const caller = new ForumCaller(`http://127.0.0.1:${port}`);
    await answers(caller);

    const ready = await caller.call('GET', '/health/ready');
    expect([ready.status, ready.body]).toMatchObject([
      503,
      {
        status: 'not ready',
        views: expect.arrayContaining([expect.objectContaining({ name: 'thread', state: 'building' })]),
      },
    ]);
    for (const path of ['/api/v1/posts', `/api/v1/posts/${postId}/comments`, '/', '/posts/a-post']) {
      const { status, headers } = await caller.call('GET', path);
      expect([path, status, headers.get('retry-after')]).toEqual([path, 503, '2']);
    }
    const refused = await caller.call('POST', `/api/v1/posts/${postId}/comments`, {
      token: admin.token,
      body: { body: 'Too early.' },
    });
    expect([refused.status, refused.body]).toMatchObject([503, { code: 'not_caught_up' }]);

    openGate();
    await started;
    expect((await caller.call('GET', '/health/ready')).status).toBe(200);
    expect((await readThread(caller, `/api/v1/posts/${postId}/comments`)).total).toBe(20);
  });
});

describe('the search while it is built', () => {
  it('says how far it is, beside a forum that is ready without it, and finds then what was written meanwhile', async () => {
    const { admin } = await filledForum();
    const views = join(dataDir, 'views');
    for (const file of readdirSync(views).filter((name) => name.startsWith('search.'))) rmSync(join(views, file));
    const forum = await start(SEARCH, {}, { besideMs: 0 });
    const post = await forum.publish(admin, { title: 'Along the Mekong' });
    const ready = await forum.done<Readiness>('GET', '/health/ready');
    expect([ready.status, ready.reasons]).toEqual(['ready', []]);
    expect(ready.views.filter(({ state }) => state === 'building')).toMatchObject([{ name: 'search', built: 0 }]);
    expect((await forum.call('GET', '/')).status).toBe(200);

    const path = '/search?q=mekong';
    const asked = await forum.call('GET', `/api/v1${path}`);
    expect([asked.status, asked.headers.get('retry-after'), asked.body]).toMatchObject([
      503,
      '10',
      { code: 'not_caught_up', detail: 'The search is being built: 0 %. All else can be used meanwhile.' },
    ]);
    const page = await forum.call('GET', path, { headers: { 'accept-language': 'vi' } });
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '10']);
    expect(page.body).toEqual(expect.stringContaining('Phần tìm kiếm đang được lập: 0\u00a0%.'));
    expect(page.body).toEqual(expect.stringContaining('value="mekong"'));
    const { body: metrics } = await forum.call('GET', '/metrics');
    expect(metrics).toEqual(expect.stringContaining('colloquy_views_building 1\n'));
    expect(metrics).toEqual(expect.stringContaining('colloquy_views_built_ratio 0\n'));

    openGate();
    await until(async () => (await forum.call('GET', '/api/v1/search?q=none')).status === 200);
    await forum.forum.views.reached(await forum.forum.log.store.head(), undefined, 'search');
    expect(await forum.done('GET', `/api/v1${path}`)).toMatchObject({ items: [{ id: post.id }] });
    expect((await forum.call('GET', path)).status).toBe(200);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Resolves once the port answers at all. */
async function answers(caller: ForumCaller): Promise<void> {
  for (;;) {
    const live = await caller.call('GET', '/health/live').catch(() => null);
    if (live?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
