import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { runCli } from '../../src/cli/program.ts';
import { type KurrentDbServer, startKurrentDbServer } from '../kurrentdb-server/server.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

let dir: string;
let server: KurrentDbServer;
let forum: RunningForum;

/** A node on KurrentDB, with a post, its comments, and the checkpoint and key that an auditor took away. */
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-verify-kurrentdb-'));
  server = await startKurrentDbServer({ dir: join(dir, 'log') });
  forum = await startForum({ env: environment() });
  const { token } = await forum.member('thida', ['editor']);
  const post = { title: 'Borders', body: 'Text.' };
  const { id } = await forum.done<{ id: string }>('POST', '/api/v1/posts', { token, body: post });
  for (const body of ['One', 'Two', 'Three']) {
    await forum.done('POST', `/api/v1/posts/${id}/comments`, { token, body: { id: newId(), body } });
  }
  for (const name of ['checkpoint', 'key']) {
    writeFileSync(join(dir, name), await (await fetch(`${forum.url}/api/v1/audit/${name}`)).text());
  }
});
afterAll(async () => {
  await forum.close();
  await server.close();
  rmSync(dir, { recursive: true });
});

const environment = () => ({
  EVENT_STORE_URL: server.url,
  DATA_DIR: join(dir, 'node'),
  PUBLIC_URL: 'https://forum.example',
});

async function run(...words: readonly string[]) {
  const [out, said]: [string[], string[]] = [[], []];
  const status = await runCli(words, {
    environment: environment(),
    out: (line) => out.push(line),
    say: (line) => said.push(line),
    error: Object.assign(new PassThrough(), { isTTY: false }),
    input: Object.assign(new PassThrough(), { isTTY: false }),
  });
  return { status, said: said.join('\n'), report: out.length === 0 ? null : JSON.parse(out.join('\n')) };
}

test('the log on KurrentDB is verified beside a running node, and so is its export', async () => {
  const [checkpoint, key, file] = ['checkpoint', 'key', 'log.ndjson'].map((name) => join(dir, name));
  const folder = await run('verify', '--checkpoint', `${checkpoint}`, '--json');
  expect([folder.status, folder.said, folder.report?.faults]).toEqual([0, '', []]);
  expect(folder.report).toMatchObject({ integrity: 'shown', completeness: 'shown' });

  expect((await run('export', '--out', `${file}`)).status).toBe(0);
  // The export is recorded, and ends with that.
  const after = await run('verify', '--checkpoint', `${checkpoint}`, '--json');
  expect(after.report?.events).toBe(folder.report?.events + 1);
  const words = ['verify', `${file}`, '--key', `${key}`, '--checkpoint', `${checkpoint}`, '--json'];
  expect(await run(...words)).toMatchObject({ status: 0, report: { ok: true, root: after.report?.root } });

  const lines = readFileSync(`${file}`, 'utf8').split('\n');
  writeFileSync(`${file}`, [...lines.slice(0, 3), ...lines.slice(4)].join('\n'));
  const cut = await run(...words);
  expect([cut.status, cut.report?.ok, cut.report?.completeness]).toEqual([1, false, 'not-shown']);
});
