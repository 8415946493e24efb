import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { ClientMessage, Page, QueueItem } from '../../libs/client/index.ts';
import { POSTS_A_PAGE } from '../../libs/words/index.ts';
import { REPLAYING, type Replaying } from '../../src/acts/auditing/replaying.ts';
import { PERMISSIONS } from '../../src/permissions.ts';
import { ASKED, type Asked, type HttpRoute, LONG_ADDRESSES } from '../support/every-route.ts';
import { type LargestForum, largestForum } from '../support/largest-forum.ts';
import { unlessMissing } from '../support/left-out.ts';
import { TestSocket } from '../support/live-socket.ts';
import { asIfQuiet, longestHold } from '../support/main-thread.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(900_000);

/** Milliseconds for which one request may hold the event loop. */
const MOST_HELD = 50;

const LONGEST_COMMENT = 10_000;
/** Texts of one mark alone, and one of one word. */
const MARKED = ['a ', '*a* ', '[a](/b) ', '> ', '|a', '_a__b ', 'ก', '\n- a'];

const SETTINGS = { METRICS: 'on', PUBLIC_MODERATION_LOG: 'on' };

interface Walked {
  readonly name: HttpRoute;
  readonly asked: string;
  readonly status: number;
  /** Whether it was done or shown, or refused as it should be. */
  readonly isAsExpected: boolean;
  /** As on a quiet machine, where it was long. */
  readonly held: number;
}

let running: RunningForum | undefined;
let forum: LargestForum;

beforeAll(async () => {
  if (!LONG) return;
  running = await startForum({ env: SETTINGS });
  forum = await largestForum(running);
});
/** Another start has rendered and kept nothing yet. */
async function startAgain(): Promise<void> {
  await running?.close({ keep: true });
  running = await startForum({ env: { ...SETTINGS, DATA_DIR: forum.forum.dataDir } });
  forum = { ...forum, forum: running };
}
afterAll(() => running?.close({ keep: false }));

const ENDS_SESSIONS: ReadonlySet<string> = new Set(['DELETE /api/v1/sessions/current', 'POST /sign-out']);

async function walk(name: HttpRoute, asked: Asked, as: 'admin' | 'nobody'): Promise<Walked> {
  const [method = ''] = name.split(' ');
  const token = as === 'nobody' ? null : (asked.by ?? forum.admin).token;
  const [type, sent] =
    asked.form !== undefined
      ? ['application/x-www-form-urlencoded', new URLSearchParams(asked.form).toString()]
      : asked.mail !== undefined
        ? ['message/rfc822', asked.mail]
        : asked.parts !== undefined
          ? [asked.parts.headers['content-type'], new Uint8Array(asked.parts.raw)]
          : ['application/json', asked.body === undefined ? undefined : JSON.stringify(asked.body)];
  const headers = {
    ...(sent === undefined ? {} : { 'content-type': type }),
    ...(asked.mail === undefined ? {} : { 'colloquy-signature': `sha256=${'0'.repeat(64)}` }),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  let status = 0;
  await nothingUnderWay();
  const held = await longestHold(async () => {
    const answer = await fetch(forum.forum.url + asked.path, {
      method,
      headers,
      redirect: 'manual',
      ...(sent === undefined ? {} : { body: sent }),
    });
    status = answer.status;
    for await (const _ of answer.body ?? []);
  });
  const isAsExpected = as === 'nobody' && PERMISSIONS[name] !== 'anyone' ? isTurnedAway(status) : isDone(status, asked);
  // What else the machine does slows this thread, too, and it does so now.
  const quiet = held > MOST_HELD ? held / asIfQuiet(1) : held;
  return { name, asked: `${as}: ${method} ${asked.path.slice(0, 100)}`, status, isAsExpected, held: quiet };
}

/** The forum compares its views by itself from a minute after its start on, and refuses to begin another such work meanwhile. */
async function nothingUnderWay(): Promise<void> {
  const replaying = forum.forum.forum.app.get<Replaying>(REPLAYING, { strict: false });
  while (replaying.underway() !== null) await new Promise((resolve) => setImmediate(resolve));
}

function isDone(status: number, { refused }: Asked): boolean {
  return refused === undefined ? status >= 200 && status < 400 : status === refused;
}

/** From the API, or to the page of signing in. */
function isTurnedAway(status: number): boolean {
  return status === 401 || status === 303;
}

const names = Object.keys(ASKED) as HttpRoute[];

it('is asked by every route of the permission table', () => {
  const routes = Object.keys(PERMISSIONS).filter((name) => !name.startsWith('live '));
  expect(names.toSorted()).toEqual(routes.toSorted());
});

const LONG = process.env['COLLOQUY_LONG'] !== undefined;
/** Processor time swings with whatever else a machine does, so it is no part of every run. */
const timed = unlessMissing(LONG ? null : 'what measures times is for npm run test:long');

timed.it('has every held comment on one page of the queue, though pages end early', async () => {
  const shown: string[] = [];
  let [cursor, pages]: [string | null, number] = ['', 0];
  for (; cursor !== null; pages += 1) {
    const next: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const path = `/api/v1/moderation/queue?list=held&limit=100${next}`;
    const page = await forum.forum.done<Page<QueueItem>>('GET', path, { token: forum.admin.token });
    shown.push(...page.items.map(({ comment }) => comment.id));
    cursor = page.next;
  }
  expect(new Set(shown).size).toBe(shown.length);
  expect(forum.held.every(({ id }) => shown.includes(id))).toBe(true);
  expect(pages).toBeGreaterThan(Math.ceil(shown.length / 100));
});

/** Of each message the largest that may be sent: the ids are of the largest texts. */
function largestMessages(): Readonly<Record<ClientMessage, readonly object[]>> {
  const { post, deepest, held } = forum;
  const body = MARKED.flatMap((mark) => mark.repeat(LONGEST_COMMENT).slice(0, LONGEST_COMMENT));
  return {
    'thread:join': [{ postId: post.id }, { postId: post.id, after: '0' }],
    'thread:typing': [{ postId: post.id, parentId: deepest.id }],
    'thread:leave': [{ postId: post.id }],
    'moderation:join': [{ shown: held.slice(0, 100).map(({ id }) => id) }],
    'moderation:claim': [{ commentId: held[0]?.id ?? null }],
    'audit:join': [{ after: '1' }],
    'notifications:join': [{ after: '1' }],
    'counts:join': [{ postIds: Array.from({ length: POSTS_A_PAGE }, () => post.id) }],
    'comment:post': body.map((text) => ({ id: newId(), postId: post.id, body: text })),
  };
}

timed.it('is never held for long by one message of a live connection', async () => {
  await startAgain();
  const socket = await new TestSocket(forum.forum.url, { token: forum.admin.token }).connected();
  const walked: { readonly asked: string; readonly ok: boolean; readonly held: number }[] = [];
  const messages = largestMessages();
  const names = Object.keys(PERMISSIONS).filter((name) => name.startsWith('live ') && name !== 'live connect');
  expect(
    Object.keys(messages)
      .map((name) => `live ${name}`)
      .toSorted(),
  ).toEqual(names.toSorted());
  for (const [message, payloads] of Object.entries(messages))
    for (const payload of payloads) {
      let answer: unknown;
      const held = await longestHold(async () => {
        answer = await socket.send(message, payload);
      });
      const ok = typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;
      const quiet = held > MOST_HELD ? held / asIfQuiet(1) : held;
      walked.push({ asked: `${message} ${JSON.stringify(payload).slice(0, 80)}`, ok, held: quiet });
    }
  socket.close();

  expect(walked.filter(({ ok }) => !ok)).toEqual([]);
  expect(walked.filter(({ held }) => held > MOST_HELD)).toEqual([]);
});

timed.it('is never held for long by one request, whatever it asks of the largest forum', async () => {
  await startAgain();
  const walked: Walked[] = [];
  const reads = names.filter((name) => name.startsWith('GET '));
  const writes = names.filter((name) => !name.startsWith('GET ') && !ENDS_SESSIONS.has(name));
  for (const name of [...reads, ...writes, ...names.filter((one) => ENDS_SESSIONS.has(one))]) {
    for (const as of name.startsWith('GET ') ? (['nobody', 'admin'] as const) : (['admin'] as const))
      for (const asked of ASKED[name](forum)) walked.push(await walk(name, asked, as));
  }
  const slow = walked.toSorted((a, b) => b.held - a.held).filter(({ held }) => held > MOST_HELD);
  const wrong = walked.filter(({ isAsExpected }) => !isAsExpected);
  expect({ slow, wrong }).toEqual({ slow: [], wrong: [] });
});

timed.it('is never held for long by one address, of whatever it is made', async () => {
  const walked: { readonly address: string; readonly status: number; readonly held: number }[] = [];
  for (const address of LONG_ADDRESSES) {
    let status = 0;
    const held = await longestHold(async () => {
      const answer = await fetch(forum.forum.url + address, { redirect: 'manual' });
      status = answer.status;
      for await (const _ of answer.body ?? []);
    });
    const quiet = held > MOST_HELD ? held / asIfQuiet(1) : held;
    walked.push({ address: `${address.slice(0, 24)}…`, status, held: quiet });
  }
  expect(walked.filter(({ status }) => status < 200 || status >= 500)).toEqual([]);
  expect(walked.filter(({ held }) => held > MOST_HELD)).toEqual([]);
});
