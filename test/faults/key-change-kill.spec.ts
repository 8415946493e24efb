import { randomBytes } from 'node:crypto';
import { cpSync, type FSWatcher, mkdtempSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LogKeyHistory } from '../../libs/client/index.ts';
import { ConfigError } from '../../src/config.ts';
import { runColloquy } from '../support/run-colloquy.ts';
import { startForum } from '../support/running-forum.ts';

const PUBLIC_URL = 'https://forum.example';
const SECOND = randomBytes(32).toString('base64');
const WORDS = ['audit-key', 'rotate', '--json'] as const;
/** How many changes of files are let happen before the program is killed; one that ends before is not killed. */
const KILLED_AFTER = process.env['COLLOQUY_LONG'] === undefined ? [1, 10] : [1, 5, 10, 16];

const scratch = mkdtempSync(join(tmpdir(), 'colloquy-rotate-kill-'));
const base = join(scratch, 'base');

beforeAll(async () => {
  const forum = await startForum({ env: { DATA_DIR: base, PUBLIC_URL } });
  await forum.publish(await forum.admin());
  await (await fetch(`${forum.url}/api/v1/audit/checkpoint`)).text();
  await forum.close();
}, 60_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Cut {
  readonly dataDir: string;
  /** False when it had ended before. */
  readonly killed: boolean;
}

/** Ends the program by force after so many changes of its files. */
async function rotateUntil(changes: number): Promise<Cut> {
  const dataDir = join(scratch, `after-${changes}`);
  cpSync(base, dataDir, { recursive: true });
  let watcher: FSWatcher | undefined;
  let seen = 0;
  const env = { PUBLIC_URL, AUDIT_KEY: SECOND };
  const { status } = await runColloquy(WORDS, {
    dataDir,
    env,
    whileRunning: async (child) => {
      watcher = watch(dataDir, () => {
        seen += 1;
        if (seen === changes) child.kill('SIGKILL');
      });
    },
  });
  watcher?.close();
  return { dataDir, killed: status === 'SIGKILL' };
}

/** The keys that a server shows, newest first; what it says when it refuses to start. */
async function shown(dataDir: string, key: Readonly<Record<string, string>>): Promise<readonly string[] | string> {
  try {
    const forum = await startForum({ env: { DATA_DIR: dataDir, PUBLIC_URL, ...key } });
    const { items } = await forum.done<LogKeyHistory>('GET', '/api/v1/audit/keys');
    await forum.close();
    return items.map((item) => item.key);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

test('a change of the key that is killed at any step is made or not: one of the keys starts, and the other is told why not', async () => {
  const outcomes = new Set<string>();
  for (const changes of KILLED_AFTER) {
    const { dataDir, killed } = await rotateUntil(changes);
    const [old, next] = [await shown(dataDir, {}), await shown(dataDir, { AUDIT_KEY: SECOND })];
    const [goesOn, refused] = typeof old === 'string' ? [next, old] : [old, next];
    expect(refused).toMatch(
      /the log is signed with the key forum\.example\/colloquy\+.*run: colloquy audit-key rotate/,
    );
    expect(goesOn).toHaveLength(typeof old === 'string' ? 2 : 1);
    outcomes.add(`${killed ? 'killed' : 'ended'}, ${typeof old === 'string' ? 'made' : 'not made'}`);

    const again = await runColloquy(WORDS, { dataDir, env: { PUBLIC_URL, AUDIT_KEY: SECOND } });
    expect(again).toMatchObject({ status: 0 });
    expect(await shown(dataDir, { AUDIT_KEY: SECOND })).toHaveLength(2);
    const verified = await runColloquy(['verify', dataDir, '--no-views', '--json'], {
      env: { PUBLIC_URL, AUDIT_KEY: SECOND },
    });
    expect(JSON.parse(verified.out)).toMatchObject({ faults: [], integrity: 'shown' });
  }
  expect(outcomes).toContain('killed, not made');
}, 300_000);
