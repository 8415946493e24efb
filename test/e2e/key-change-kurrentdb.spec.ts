import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import 'reflect-metadata';
import type { LogKeyHistory } from '../../libs/client/index.ts';
import { runCli } from '../../src/cli/program.ts';
import { ConfigError, type Environment } from '../../src/config.ts';
import { type KurrentDbServer, startKurrentDbServer } from '../kurrentdb-server/server.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { serveForum } from '../support/served-forum.ts';
import { until } from '../support/until.ts';

jest.setTimeout(120_000);

const [second, third] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
const dir = mkdtempSync(join(tmpdir(), 'colloquy-key-change-kurrentdb-'));
const at = (name: string): string => join(dir, name);
let server: KurrentDbServer;

const environment = (node: string, key?: string): Environment => ({
  EVENT_STORE_URL: server.url,
  DATA_DIR: at(node),
  PUBLIC_URL: 'https://forum.example',
  ...(key === undefined ? {} : { AUDIT_KEY: key }),
});

async function started<T>(env: Environment, work: (forum: RunningForum) => Promise<T>): Promise<T> {
  const forum = await startForum({ env });
  try {
    return await work(forum);
  } finally {
    await forum.close();
  }
}

async function run(environment: Environment, ...words: readonly string[]) {
  const [out, said]: [string[], string[]] = [[], []];
  const status = await runCli(words, {
    environment,
    out: (line) => out.push(line),
    say: (line) => said.push(line),
    error: Object.assign(new PassThrough(), { isTTY: false }),
    input: Object.assign(new PassThrough(), { isTTY: false }),
  });
  return { status, out: out.join('\n'), said: said.join('\n') };
}

/** What an auditor keeps of a time. */
async function keep(forum: RunningForum, name: string): Promise<void> {
  for (const part of ['checkpoint', 'key']) {
    let answer: Response | undefined;
    await until(async () => {
      answer = await fetch(`${forum.url}/api/v1/audit/${part}`);
      return answer.ok;
    });
    writeFileSync(at(`${name}.${part}`), (await answer?.text()) ?? '');
  }
}

beforeAll(async () => {
  server = await startKurrentDbServer({ dir: at('log') });
  await started(environment('node'), async (forum) => {
    await forum.publish(await forum.admin());
    await keep(forum, 'first');
  });
});
afterAll(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

test('a node without a folder says that it has nothing to compare its key with, while the log tells of no change', async () => {
  const env = { ...environment('new'), LOG_LEVEL: 'warn' };
  const served = await serveForum({ dataDir: at('new'), env });
  await served.end();
  expect(served.stderr()).toContain('which key the log was signed with is not known here');
});

test('the key of a log on KurrentDB is changed by one node, and each other one follows or is refused', async () => {
  await expect(started(environment('node', second), () => Promise.resolve())).rejects.toThrow(ConfigError);
  expect(await run(environment('node', second), 'audit-key', 'rotate')).toMatchObject({ status: 0 });
  await expect(started(environment('node'), () => Promise.resolve())).rejects.toThrow(/is signed with the key/);
  await expect(started(environment('newer', third), () => Promise.resolve())).rejects.toThrow(/is signed with the key/);
  for (const node of ['node', 'newest']) {
    await started(environment(node, second), async (forum) => {
      const { items } = await forum.done<LogKeyHistory>('GET', '/api/v1/audit/keys');
      expect(items).toHaveLength(2);
      await keep(forum, 'later');
    });
  }
});

test('what was kept before and after the change holds for whoever has one key, by the folder and by the single file', async () => {
  const file = at('log.ndjson');
  expect(await run(environment('node', second), 'export', '--out', file)).toMatchObject({ status: 0 });
  const kept = ['first', 'later'].flatMap((name) => ['--checkpoint', at(`${name}.checkpoint`)]);
  const folder = await run(environment('node', second), 'verify', ...kept, '--no-views', '--json');
  expect(JSON.parse(folder.out)).toMatchObject({ faults: [], integrity: 'shown', completeness: 'shown' });
  for (const key of ['first', 'later']) {
    const words = [resolve('dist/colloquy-verify.mjs'), file, '--key', at(`${key}.key`), ...kept, '--json'];
    const single = spawnSync(process.execPath, words, { encoding: 'utf8', env: {} });
    expect([single.status, single.stderr]).toEqual([0, '']);
    expect(JSON.parse(single.stdout)).toMatchObject({ ok: true, integrity: 'shown', completeness: 'shown' });
  }
});
