import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EventStore, openServerStore, openSqliteEventReader } from '../../libs/event-store/index.ts';
import { type SpawnedServer, spawnKurrentDbServer } from '../kurrentdb-server/spawned-server.ts';
import { EndedEarly } from '../support/child-program.ts';
import { logLines } from '../support/log-lines.ts';
import { makeForum } from '../support/made-forum.ts';
import { type Ran, type RunOptions, runColloquy } from '../support/run-colloquy.ts';
import { serveForum } from '../support/served-forum.ts';

const COMMENTS = 500;
const EVENTS = COMMENTS * 3;
/** Milliseconds between two looks at a target: looking takes from the copy that is looked at. */
const LOOK_EVERY_MS = 5;
/** A copy is killed once so many more events than before have come: at the first ones, and at some time later. */
const KILLS_AFTER = process.env['COLLOQUY_LONG'] === undefined ? [1, 300] : [1, 300, 500, 200];

/** How a stream of appends ends, and whether what it brought last was recorded; each of both once, or all of them. */
const STREAM_ENDS = [
  ['clean', false],
  ['error', true],
  ...(process.env['COLLOQUY_LONG'] === undefined
    ? []
    : ([
        ['clean', true],
        ['error', false],
      ] as const)),
] as const;
/** So many events are in the target when a stream of appends is ended. */
const ENDS_AFTER = process.env['COLLOQUY_LONG'] === undefined ? [700] : [1, 300, 700, 1_100];

let place: string;
let forum: string;
let due: string[];
const servers: SpawnedServer[] = [];

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'colloquy-log-copy-'));
  forum = await makeForum(COMMENTS);
  due = await logLines(forum);
}, 60_000);

afterAll(async () => {
  for (const server of servers) await server.kill();
  rmSync(place, { recursive: true, force: true });
  rmSync(forum, { recursive: true, force: true });
});

async function newServer(): Promise<SpawnedServer> {
  const server = await spawnKurrentDbServer({ dir: mkdtempSync(join(place, 'kurrentdb-')) });
  servers.push(server);
  return server;
}

const newPlace = (): string => join(mkdtempSync(join(place, 'in-')), 'data');
const copy = (from: string, to: string, options: RunOptions = {}): Promise<Ran> =>
  runColloquy(['log', 'copy', '--from', from, '--to', to, '--json'], options);

function reported({ status, out, said }: Ran): { events: number; copied: number; keys: number } {
  if (status !== 0) throw new Error(`${status}: ${said}`);
  return JSON.parse(out);
}

/** Events in a target that another process fills; 0 before it is there. */
type Count = () => Promise<number>;

/** A database's log; reads on from where it was. */
function countIn(store: EventStore): Count {
  let [after, count] = [0n, 0];
  return async () => {
    for await (const { position } of store.readAll({ after })) {
      after = position;
      count += 1;
    }
    return count;
  };
}

/** A file's log as far as another process has filled it. */
const countFile =
  (dataDir: string): Count =>
  async () => {
    const file = join(dataDir, 'log.db');
    if (!existsSync(file)) return 0;
    try {
      const log = openSqliteEventReader({ file });
      const head = await log.head();
      await log.close();
      return Number(head);
    } catch {
      return 0;
    }
  };

/** Does something once the target has so many events, unless the copy ends before. */
const once =
  (count: Count, events: number, act: (child: ChildProcess) => void | Promise<void>) =>
  async (child: ChildProcess): Promise<void> => {
    while (child.exitCode === null && child.signalCode === null) {
      if ((await count()) >= events) return act(child);
      await pause(LOOK_EVERY_MS);
    }
  };

/** Kills copies again and again, then lets one finish; gives what that one reported and how many were hit. */
async function killAndResume(from: string, to: string, count: Count): Promise<{ copied: number; killed: number }> {
  let killed = 0;
  for (const more of KILLS_AFTER) {
    const whileRunning = once(count, (await count()) + more, (child) => {
      child.kill('SIGKILL');
    });
    const { status } = await copy(from, to, { whileRunning });
    if (status === 'SIGKILL') killed += 1;
  }
  const before = await count();
  const report = reported(await copy(from, to));
  expect(report).toMatchObject({ events: EVENTS, copied: EVENTS - before });
  return { copied: report.copied, killed };
}

describe(`a copy that is killed ${KILLS_AFTER.length} times and run again`, () => {
  test('from file to file brings everything once', async () => {
    const to = newPlace();
    const { killed } = await killAndResume(`sqlite:${forum}`, `sqlite:${to}`, countFile(to));
    expect(killed).toBeGreaterThan(0);
    expect(await logLines(to)).toEqual(due);
  }, 120_000);

  test('from file to KurrentDB and from there to file brings everything once', async () => {
    const server = await newServer();
    const watching = await openServerStore({ url: server.url });
    const there = await killAndResume(`sqlite:${forum}`, server.url, countIn(watching));
    await watching.close();
    expect(there.killed).toBeGreaterThan(1);
    const to = newPlace();
    const back = await killAndResume(server.url, `sqlite:${to}`, countFile(to));
    expect(back.killed).toBeGreaterThan(0);
    expect(await logLines(to)).toEqual(due);
  }, 240_000);

  test('leaves a directory that no server starts on', async () => {
    const to = newPlace();
    const whileRunning = once(countFile(to), 1, (child) => {
      child.kill('SIGKILL');
    });
    expect((await copy(`sqlite:${forum}`, `sqlite:${to}`, { whileRunning })).status).toBe('SIGKILL');
    const server = await serveForum({ dataDir: to }).catch((error: unknown) => error);
    if (!(server instanceof EndedEarly)) throw new Error('a server started on half a forum');
    expect({ status: server.status, said: server.stderr }).toEqual({
      status: 1,
      said: expect.stringMatching(/holds half a forum: a log copy was interrupted; run `colloquy log copy` again/),
    });
    const backup = await runColloquy(['backup', join(place, 'half')], { dataDir: to });
    expect(backup).toMatchObject({ status: 1, said: expect.stringMatching(/holds half a forum/) });
    reported(await copy(`sqlite:${forum}`, `sqlite:${to}`));
    expect(await (await serveForum({ dataDir: to })).end()).toBe(0);
  }, 120_000);
});

describe('a KurrentDB that is killed while a log is copied to it', () => {
  test.concurrent('and comes back soon gets everything once, in order', async () => {
    const server = await newServer();
    const watching = await openServerStore({ url: server.url });
    const whileRunning = once(countIn(watching), 400, async () => {
      await server.kill();
      await server.restart();
    });
    const ran = await copy(`sqlite:${forum}`, server.url, { whileRunning });
    await watching.close();
    expect(reported(ran)).toMatchObject({ events: EVENTS, copied: EVENTS });
    const to = newPlace();
    reported(await copy(server.url, `sqlite:${to}`));
    expect(await logLines(to)).toEqual(due);
  }, 240_000);

  test.concurrent('and stays away ends the copy with a message; the next one goes on', async () => {
    const server = await newServer();
    const watching = await openServerStore({ url: server.url });
    const whileRunning = once(countIn(watching), 400, () => server.kill());
    const ran = await copy(`sqlite:${forum}`, server.url, { whileRunning });
    await watching.close();
    expect(ran).toEqual({
      status: 1,
      out: '',
      said: expect.stringMatching(/the log at 127\.0\.0\.1:\d+ cannot be reached/),
    });
    expect(ran.said).not.toMatch(/^\s+at /m);
    await server.restart();
    const report = reported(await copy(`sqlite:${forum}`, server.url));
    expect(report.events).toBe(EVENTS);
    expect(report.copied).toBeLessThanOrEqual(EVENTS - 400);
  }, 240_000);

  test.concurrent.each(STREAM_ENDS)(
    'whose stream of appends comes to a %s end (recorded: %s) gets everything once, in order',
    async (end, recorded) => {
      const server = await newServer();
      const watching = await openServerStore({ url: server.url });
      const count = countIn(watching);
      const whileRunning = async (child: ChildProcess): Promise<void> => {
        for (const events of ENDS_AFTER) {
          await once(count, events, () => server.setFaults({ batchStream: { end, recorded, times: 1 } }))(child);
        }
      };
      const ran = await copy(`sqlite:${forum}`, server.url, { whileRunning });
      await watching.close();
      expect(reported(ran)).toMatchObject({ events: EVENTS, copied: EVENTS });
      const to = newPlace();
      reported(await copy(server.url, `sqlite:${to}`));
      expect(await logLines(to)).toEqual(due);
    },
    240_000,
  );
});

describe('a disk that gets full while a log is copied to a file', () => {
  test('ends the copy with a message; with room it goes on', async () => {
    const to = newPlace();
    const under = ['prlimit', '--fsize=300000:unlimited'];
    const ran = await copy(`sqlite:${forum}`, `sqlite:${to}`, { under });
    expect(ran).toEqual({ status: 1, out: '', said: expect.stringMatching(/log\.db: the disk is full/) });
    expect(ran.said).not.toMatch(/^\s+at /m);
    reported(await copy(`sqlite:${forum}`, `sqlite:${to}`));
    expect(await logLines(to)).toEqual(due);
  }, 60_000);
});
