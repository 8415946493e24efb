import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCli } from '../../src/cli/program.ts';
import type { ReplayReport } from '../../src/cli/replay-report.ts';
import { type KurrentDbServer, startKurrentDbServer } from '../kurrentdb-server/server.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

let dir: string;
let server: KurrentDbServer;
let forum: RunningForum;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-replay-kurrentdb-'));
  server = await startKurrentDbServer({ dir: join(dir, 'log') });
  forum = await startForum({ env: environment() });
  const { token } = await forum.member('thida', ['editor']);
  const post = { title: 'Borders', body: 'Text.' };
  const { id } = await forum.done<{ id: string }>('POST', '/api/v1/posts', { token, body: post });
  for (const body of ['One', 'Two'])
    await forum.done('POST', `/api/v1/posts/${id}/comments`, { token, body: { id: newId(), body } });
  // The view of searches is behind the others, for which writes wait.
  const { views } = forum.forum;
  await views.reached(views.position(), undefined, 'search');
});
afterAll(async () => {
  await forum.close();
  await server.close();
  rmSync(dir, { recursive: true });
});

const environment = (url = server.url) => ({ EVENT_STORE_URL: url, DATA_DIR: join(dir, 'node') });

async function replay(words: readonly string[], url = server.url) {
  const [out, said]: [string[], string[]] = [[], []];
  const status = await runCli(['replay', ...words], {
    environment: environment(url),
    out: (line) => out.push(line),
    say: (line) => said.push(line),
    error: Object.assign(new PassThrough(), { isTTY: false }),
    input: Object.assign(new PassThrough(), { isTTY: false }),
  });
  return { status, out: out.join('\n'), said: said.join('\n') };
}

async function report(...words: readonly string[]): Promise<ReplayReport> {
  const { out, said } = await replay([...words, '--json']);
  if (out === '') throw new Error(said);
  return JSON.parse(out);
}

test('a node’s views are proven, built anew and shown as they were over KurrentDB, beside the running node', async () => {
  const proven = await report('--verify');
  expect(proven).toMatchObject({ ok: true, views: proven.views.map(() => ({ equal: true, difference: null })) });

  const head = `${forum.forum.views.position()}`;
  const now = await report('--until', head);
  expect(now.views.map(({ digest }) => digest)).toEqual(proven.views.map(({ rebuilt }) => rebuilt));
  expect((await report('--until', '1999-01-01T00:00:00Z')).views.map(({ position }) => position)).toEqual(
    now.views.map(() => '0'),
  );

  expect(await report('--view', 'thread')).toMatchObject({
    ok: true,
    views: [{ view: 'thread', stopped: null, file: expect.stringMatching(/thread\.v\d+\.2\.db$/u) }],
  });
});

test('a server that is not there ends the replay with a message', async () => {
  const gone = server.url.replace(/:\d+/u, ':1');
  expect(await replay(['--verify'], gone)).toEqual({
    status: 1,
    out: '',
    said: expect.stringMatching(/^colloquy: .*127\.0\.0\.1:1/u),
  });
});
