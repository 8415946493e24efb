import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChildProgram, startProgram } from '../support/child-program.ts';
import { type Account, newAccount, newPost } from '../support/forum-account.ts';
import { unlessMissing } from '../support/left-out.ts';
import { readComments } from '../support/read-comments.ts';
import { recordedComments } from '../support/stopped-forum.ts';
import { type Outcome, sendComment } from '../support/writers.ts';
import { builtShim, cannotLie, LyingDisk } from './lying-disk/lying-disk.ts';

const MOST_WAITING = 2 * 1_048_576;
/** What is written by the time that the bound is noticed: the commits of one round, and those before the first attempt. */
const SLACK = 2 * 1_048_576;
const AT_ONCE = 8;
const DEADLINE_MS = 60_000;
const BODY = 'A comment that takes some room. '.repeat(100);

/** The forum as built, with little that may wait beside the log. */
const ours = (path: string): string => pathToFileURL(resolve(import.meta.dirname, '../..', path)).href;
const PROGRAM = `
  import '${ours('node_modules/reflect-metadata/Reflect.js')}';
  import { openForum } from '${ours('dist/src/composition/open-forum.js')}';
  import { readConfig } from '${ours('dist/src/config.js')}';
  const bounds = { mostWaiting: ${MOST_WAITING}, checkpointEvents: 32 };
  const forum = await openForum(readConfig(process.env), { bounds });
  process.once('SIGTERM', () => forum.close());
  console.log(forum.url);
`;

const reason = cannotLie();
if (reason !== null) process.stderr.write(`the disk that lies is left out: ${reason}\n`);

unlessMissing(reason).describe('when log.db alone has no room', () => {
  let place: string;
  let disk: LyingDisk;
  let program: ChildProgram;
  let address: string;
  let admin: Account;
  let postId: string;
  const acknowledged: string[] = [];
  const refused: Outcome[] = [];

  const write = async (): Promise<void> => {
    const id = crypto.randomUUID();
    const outcome = await sendComment({ address }, { id, postId, body: BODY }, admin.token);
    if (outcome !== 'lost' && outcome.status === 201) acknowledged.push(id);
    else refused.push(outcome);
  };
  const ready = async () => {
    const answer = await fetch(`${address}/health/ready`);
    return { status: answer.status, body: await answer.json() };
  };
  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`${address}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  };
  /** Writes until it holds. */
  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    const deadline = Date.now() + DEADLINE_MS;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(JSON.stringify([refused.at(-1), await ready()]));
      await Promise.all(Array.from({ length: AT_ONCE }, write));
    }
  };

  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'colloquy-room-'));
    disk = new LyingDisk({ shim: builtShim(place), dir: place });
    const file = join(place, 'forum.mjs');
    writeFileSync(file, PROGRAM);
    program = await startProgram([file], {
      env: { HOST: '127.0.0.1', PORT: '0', RATE_LIMITS: 'off', DATA_DIR: disk.data, ...disk.smallFileEnv('log.db') },
    });
    address = program.firstLine;
    admin = await newAccount(address, 'ada');
    postId = await newPost(address, admin, 'One');
    disk.fill();
    await until(() => refused.length > 0);
  }, DEADLINE_MS * 2);

  afterAll(async () => {
    await program.end('SIGKILL');
    rmSync(place, { recursive: true, force: true });
  });

  test('writing goes on until as much waits as may, and is refused then', async () => {
    expect(acknowledged.length).toBeGreaterThan(AT_ONCE);
    for (let round = 0; round < 20; round += 1) await Promise.all(Array.from({ length: AT_ONCE }, write));
    for (const outcome of refused) {
      if (outcome === 'lost') throw new Error('the server is gone');
      expect({ status: outcome.status, ...JSON.parse(outcome.text) }).toMatchObject({
        status: 503,
        code: 'storage_unavailable',
      });
    }
    expect(statSync(join(disk.data, 'log.db-wal')).size).toBeLessThan(MOST_WAITING + SLACK);
  });

  test('readiness and metrics say so, and reading goes on', async () => {
    expect(await ready()).toMatchObject({
      status: 503,
      body: { reasons: [expect.stringMatching(/log\.db: the disk is full/)], log: { writable: false } },
    });
    expect(await metric('colloquy_log_checkpoints_failed')).toBeGreaterThan(0);
    expect(await metric('colloquy_log_wal_bytes')).toBeGreaterThanOrEqual(MOST_WAITING);
    expect((await readComments(address, postId)).map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
  });

  test(
    'with room again it goes on by itself, and nothing acknowledged was lost',
    async () => {
      const before = acknowledged.length;
      disk.makeRoom();
      await until(() => acknowledged.length > before);
      await until(async () => (await ready()).status === 200);
      expect(await metric('colloquy_log_wal_bytes')).toBeLessThan(MOST_WAITING + SLACK);
      expect(await program.end()).toBe(0);
      expect([...(await recordedComments(disk.data))].sort()).toEqual([...acknowledged].sort());
    },
    DEADLINE_MS * 2,
  );
});
