import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId, sampleComment } from '../bench/sample.ts';
import { type Account, newAccount, newPost } from '../support/forum-account.ts';
import { unlessMissing } from '../support/left-out.ts';
import { TestSocket } from '../support/live-socket.ts';
import { MEASURED_SETTINGS, type ServedForum, serveForum } from '../support/served-forum.ts';

/** An hour: encoders, arenas and heaps take some minutes to find their size, so that a short run tells nothing. */
const SECONDS = 3_600;
/** How much larger the last quarter may be than the second one. */
const MOST_GROWTH = 1.1;
const SOCKETS = 500;
const POSTS = 10;
/** Of each post. The run begins with a forum whose caches have as much as they may keep: what grows after that is lost. */
const COMMENTS_AT_FIRST = 3_000;
const whenLong = unlessMissing(process.env['COLLOQUY_LONG'] === undefined ? 'COLLOQUY_LONG is not set' : null);
/** How many are posted at once before the run begins. */
const FILLERS = 50;
/** Requests that are under way at any time. */
const AT_ONCE = 24;
/** Every so many requests the memory is looked at. */
const BETWEEN_SAMPLES = 100;

let forum: ServedForum;
let admin: Account;
let posts: readonly string[];
const comments: string[] = [];
const readers: TestSocket[] = [];
let refused = 0;

function at<Item>(items: readonly Item[], turn: number): Item {
  const item = items[turn % items.length];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}

async function comment(turn: number): Promise<void> {
  const id = newId();
  const headers = { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ id, body: sampleComment(turn) });
  const path = `/api/v1/posts/${at(posts, turn)}/comments`;
  if (await answered(path, { method: 'POST', headers, body })) comments.push(id);
}

async function read(path: string, headers: Record<string, string> = {}): Promise<void> {
  await answered(path, { headers: { 'accept-encoding': 'br', ...headers } });
}

/** False when the server had too much to do, which it may say on a busy machine. Throws on any other refusal. */
async function answered(path: string, request: RequestInit): Promise<boolean> {
  const response = await fetch(forum.address + path, request);
  await response.arrayBuffer();
  if (!response.ok && response.status !== 503) throw new Error(`${path}: ${response.status}`);
  if (!response.ok) refused += 1;
  return response.ok;
}

/** Who comes and goes: a socket that joins and leaves, or is told that there is too much to do. */
async function visit(turn: number): Promise<void> {
  await joined(turn).then(
    (socket) => socket.close(),
    () => {
      refused += 1;
    },
  );
}

/** A reader of one post's thread; what it was sent is let go of, so that this process keeps nothing. */
async function joined(turn: number): Promise<TestSocket> {
  const socket = await new TestSocket(forum.address).connected();
  socket.io.offAny();
  try {
    await socket.ask('thread:join', { postId: at(posts, turn) });
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}

/** What people do, in turn: mostly reading, of pages as well as of the API. */
const ACTS: readonly ((turn: number) => Promise<void>)[] = [
  () => read('/'),
  (turn) => read(`/posts/${at(posts, turn)}`),
  (turn) => read(`/posts/${at(posts, turn)}`, { cookie: `colloquy_session=${admin.token}` }),
  (turn) => read(`/api/v1/posts/${at(posts, turn)}/comments`),
  (turn) => read(`/comments/${at(comments, turn * 31)}/history`),
  (turn) => read(`/receipts/${at(comments, turn * 17)}`),
  (turn) => read(`/api/v1/posts/${at(posts, turn)}/comments?position=${100 + (turn % 900)}`),
  () => read('/moderation/queue', { cookie: `colloquy_session=${admin.token}` }),
  visit,
  comment,
];

/** MiB of the server that lie in memory and in no file. */
function memoryOfServer(): number {
  const status = readFileSync(`/proc/${forum.process.pid}/status`, 'utf8');
  return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}

function middle(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;
}

whenLong.describe('a forum that many use for an hour', () => {
  beforeAll(async () => {
    forum = await serveForum({ env: MEASURED_SETTINGS });
    admin = await newAccount(forum.address, 'keeper');
    posts = await Promise.all(
      Array.from({ length: POSTS }, (_, n) => newPost(forum.address, admin, `Market day ${n}`)),
    );
    for (let turn = 0; turn < COMMENTS_AT_FIRST * POSTS; turn += FILLERS)
      await Promise.all(Array.from({ length: FILLERS }, (_, n) => comment(turn + n)));
    for (let n = 0; n < SOCKETS; n += 1) readers.push(await joined(n));
  }, 1_200_000);
  afterAll(async () => {
    for (const reader of readers) reader.close();
    await forum?.end();
    if (forum !== undefined) rmSync(forum.dataDir, { recursive: true, force: true });
  });

  it(
    `needs no more memory at its end than in its first half`,
    async () => {
      const samples: number[] = [];
      const ends = performance.now() + SECONDS * 1_000;
      let turn = 0;
      async function person(): Promise<void> {
        while (performance.now() < ends) {
          turn += 1;
          if (turn % BETWEEN_SAMPLES === 0) samples.push(memoryOfServer());
          await at(ACTS, turn)(turn);
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, person));

      const quarter = Math.floor(samples.length / 4);
      const before = middle(samples.slice(quarter, 2 * quarter));
      const after = middle(samples.slice(-quarter));
      process.stderr.write(
        `${turn} requests, ${refused} refused; memory ${before.toFixed(0)} MiB, at the end ${after.toFixed(0)}, at most ${Math.max(...samples).toFixed(0)}\n`,
      );
      expect(quarter).toBeGreaterThan(2);
      expect(refused).toBeLessThan(turn / 2);
      expect(after).toBeLessThan(before * MOST_GROWTH);
    },
    (SECONDS + 300) * 1_000,
  );
});
