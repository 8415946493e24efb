import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { unlessMissing } from '../../libs/testing/left-out.ts';
import { type RunningForum, startForum } from '../../libs/testing/running-forum.ts';
import { PERMISSIONS } from '../../src/permissions.ts';
import { ASKED, type Asked, type HttpRoute } from '../support/every-route.ts';
import { type LargestForum, largestForum } from '../support/largest-forum.ts';
import { asIfQuiet, longestHold } from '../support/main-thread.ts';

jest.setTimeout(240_000);

/** Milliseconds for which one request may hold the event loop. */
const MOST_HELD = 50;
const SETTINGS = { METRICS: 'on', PUBLIC_MODERATION_LOG: 'on' };

interface Walked {
  readonly name: HttpRoute;
  readonly asked: string;
  readonly status: number;
  readonly held: number;
}

let running: RunningForum | undefined;
let forum: LargestForum;

beforeAll(async () => {
  if (!LONG) return;
  const first = await startForum({ env: SETTINGS });
  const made = await largestForum(first);
  await first.close({ keep: true });
  // Another start has rendered and kept nothing yet.
  running = await startForum({ env: { ...SETTINGS, DATA_DIR: first.dataDir } });
  forum = { ...made, forum: running };
});
afterAll(() => running?.close({ keep: false }));

const ENDS_SESSIONS: ReadonlySet<string> = new Set(['DELETE /api/v1/sessions/current', 'POST /sign-out']);

async function walk(name: HttpRoute, asked: Asked, as: 'admin' | 'nobody'): Promise<Walked> {
  const [method = ''] = name.split(' ');
  const token = as === 'nobody' ? null : forum.admin.token;
  const [type, sent] =
    asked.form !== undefined
      ? ['application/x-www-form-urlencoded', new URLSearchParams(asked.form).toString()]
      : ['application/json', asked.body === undefined ? undefined : JSON.stringify(asked.body)];
  const headers = {
    ...(sent === undefined ? {} : { 'content-type': type }),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  let status = 0;
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
  return { name, asked: `${as}: ${method} ${asked.path.slice(0, 100)}`, status, held };
}

const names = Object.keys(ASKED) as HttpRoute[];

it('is asked by every route of the permission table', () => {
  const routes = Object.keys(PERMISSIONS).filter((name) => !name.startsWith('live '));
  expect(names.toSorted()).toEqual(routes.toSorted());
});

const LONG = process.env['COLLOQUY_LONG'] !== undefined;
/** Processor time swings with whatever else a machine does, so it is no part of every run. */
const timed = unlessMissing(LONG ? null : 'what measures times is for npm run test:long');

timed.it('is never held for long by one request, whatever it asks of the largest forum', async () => {
  const walked: Walked[] = [];
  const reads = names.filter((name) => name.startsWith('GET '));
  const writes = names.filter((name) => !name.startsWith('GET ') && !ENDS_SESSIONS.has(name));
  for (const name of [...reads, ...writes, ...names.filter((one) => ENDS_SESSIONS.has(one))]) {
    for (const as of name.startsWith('GET ') ? (['nobody', 'admin'] as const) : (['admin'] as const))
      for (const asked of ASKED[name](forum)) walked.push(await walk(name, asked, as));
  }
  const quiet = asIfQuiet(1);
  const slowest = walked.toSorted((a, b) => b.held - a.held);
  expect(slowest.filter(({ held }) => held > quiet * MOST_HELD)).toEqual([]);
});
