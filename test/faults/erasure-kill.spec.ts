import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AskedErasure, Erasure } from '../../libs/client/index.ts';
import { ERASURE_STEPS } from '../../libs/words/index.ts';
import { filesWith } from '../support/files-with.ts';
import { ForumCaller } from '../support/forum-caller.ts';
import { MARK, type MarkedPerson, markedPerson, newReaders, PASSWORD_OF_MARK } from '../support/marked-person.ts';
import { startForum } from '../support/running-forum.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';
import { verifyViews } from '../support/stopped-forum.ts';
import { until } from '../support/until.ts';

const DYING = join(import.meta.dirname, '../support/dying-erasure.process.ts');
const SETTINGS = { HOST: 'localhost', EMBED_ORIGINS: 'https://blog.example' };

const scratch = mkdtempSync(join(tmpdir(), 'colloquy-erasure-kill-'));
const base = join(scratch, 'base');
let person: MarkedPerson;
let erasureId: string;
let served: ServedForum | undefined;

/** A forum in which the erasure was asked for and has not begun. */
beforeAll(async () => {
  const env = { ...SETTINGS, DATA_DIR: base };
  const forum = await startForum({ reacts: true, env });
  const readers = await newReaders(forum);
  person = await markedPerson({ forum, readers, dataDirs: [base], origin: forum.url });
  await forum.close();
  const resting = await startForum({ env });
  const body = { comments: 'remove', password: PASSWORD_OF_MARK, immediately: true };
  const path = '/api/v1/members/me/erasure';
  ({ erasureId } = await resting.done<AskedErasure>('POST', path, { token: person.token, body }));
  await resting.close();
}, 120_000);
afterAll(async () => {
  await served?.end('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

async function serving(dataDir: string): Promise<ForumCaller> {
  served = await serveForum({ dataDir, env: SETTINGS });
  return new ForumCaller(served.address);
}

const erasureIn = (forum: ForumCaller) => forum.done<Erasure>('GET', `/api/v1/erasures/${erasureId}`);

/** The server ends the erasure, and nothing of the person is left in any answer about its comments or in any file. */
async function endsWhole(forum: ForumCaller, dataDir: string): Promise<void> {
  for (const deadline = Date.now() + 50_000; (await erasureIn(forum)).state !== 'done'; )
    if (Date.now() > deadline) throw new Error(`the erasure has not ended: ${JSON.stringify(await erasureIn(forum))}`);
  expect((await erasureIn(forum)).steps.map(({ step }) => step)).toEqual(ERASURE_STEPS);
  for (const { id } of person.comments) {
    const { status, body } = await forum.call('GET', `/api/v1/comments/${id}`);
    expect([404, 'erased']).toContain(status === 404 ? 404 : Reflect.get(Object(body), 'status'));
    expect(JSON.stringify(body)).not.toContain(MARK);
  }
  await until(() => filesWith(dataDir, MARK).length === 0);
  expect(await served?.end()).toBe(0);
  expect(filesWith(dataDir, MARK)).toEqual([]);
  expect((await verifyViews(dataDir)).filter(({ equal }) => !equal)).toEqual([]);
}

const EVERY_STEP = ['begun', 'keys', ...ERASURE_STEPS];
/** A server is killed once so many steps are done. */
const KILLED_AFTER = process.env['COLLOQUY_LONG'] === undefined ? [0, 4] : [0, 2, 5];
/** Before the first, between the log and the keys, and behind the last of them. */
const STEPS = process.env['COLLOQUY_LONG'] === undefined ? ['begun', 'keys', 'account'] : EVERY_STEP;

test.each(STEPS)(
  'a server that is killed after the step %s goes on with the erasure at its next start',
  async (step) => {
    const dataDir = join(scratch, step);
    cpSync(base, dataDir, { recursive: true });
    const child = spawn(process.execPath, [DYING, dataDir, erasureId, step], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const [status, signal] = await once(child, 'close');
    expect({ status, signal, said }).toMatchObject({ status: null, signal: 'SIGKILL' });
    await endsWhole(await serving(dataDir), dataDir);
    rmSync(dataDir, { recursive: true });
  },
  120_000,
);

test('a server that is killed while it erases, again and again, ends it all the same', async () => {
  const dataDir = join(scratch, 'served');
  cpSync(base, dataDir, { recursive: true });
  for (const steps of KILLED_AFTER) {
    const forum = await serving(dataDir);
    await until(async () => {
      const { state, steps: done } = await erasureIn(forum);
      return state === 'done' || (state === 'running' && done.length >= steps);
    });
    await served?.end('SIGKILL');
  }
  await endsWhole(await serving(dataDir), dataDir);
}, 300_000);
