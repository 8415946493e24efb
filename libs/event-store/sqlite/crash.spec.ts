import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { unlessMissing } from '../../../test/support/left-out.ts';
import { newEvents, newStream } from '../contract/new-events.ts';
import { all } from '../contract/opened-log.ts';
import type { RecordedEvent } from '../port.ts';
import { openSqliteEventReader, openSqliteEventStore } from './event-store.ts';

const APPENDER = fileURLToPath(new URL('../contract/sqlite-appender.process.ts', import.meta.url));

jest.setTimeout(60_000);

let directory: string;
let file: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'colloquy-crash-'));
  file = join(directory, 'log.db');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(directory, { recursive: true });
});

describe('a writer that is killed with -9', () => {
  test('leaves every acknowledged event, gapless, and the log goes on', async () => {
    const acknowledged: string[] = [];
    for (const kills of [100, 900, 400]) acknowledged.push(...(await appendAndKill(64, kills)));

    const store = await openSqliteEventStore({ file });
    const log = await all(store.readAll());
    expectGapless(log);
    const standing = new Set(log.map(lineOf));
    expect(acknowledged.filter((line) => !standing.has(line))).toEqual([]);
    const next = await store.append(newStream(), newEvents(1), 'no-stream');
    expect(next.position).toBe(BigInt(log.length + 1));
    await store.close();
  });

  test('leaves a log that can be opened for reading alone', async () => {
    const acknowledged = await appendAndKill(8, 50);
    const reader = openSqliteEventReader({ file });
    const standing = new Set((await all(reader.readAll())).map(lineOf));
    expect(acknowledged.filter((line) => !standing.has(line))).toEqual([]);
    await reader.close();
  });

  test('leaves a write-ahead log that may be torn anywhere: what is left is a gapless beginning', async () => {
    await appendAndKill(64, 600);
    const whole = (await stat(`${file}-wal`)).size;
    const copy = join(directory, 'torn.db');
    for (const part of [0.99, 0.5, 0.2, 0.001]) {
      await copyFile(file, copy);
      await copyFile(`${file}-wal`, `${copy}-wal`);
      await rm(`${copy}-shm`, { force: true });
      await tear(`${copy}-wal`, Math.floor(whole * part));
      const store = await openSqliteEventStore({ file: copy });
      expectGapless(await all(store.readAll()));
      await store.append(newStream(), newEvents(1), 'no-stream');
      await store.close();
    }
  });
});

describe('several processes on one file', () => {
  test('share its positions without a gap, and lose nothing', async () => {
    const lines = await Promise.all([appended(16, 400), appended(16, 400), appended(1, 100)]);
    const store = await openSqliteEventStore({ file });
    const log = await all(store.readAll());
    expectGapless(log);
    expect(lines.flat().toSorted()).toEqual(log.map(lineOf).toSorted());
    await store.close();
  });

  test('a subscription sees what another process commits', async () => {
    const store = await openSqliteEventStore({ file, pollMs: 20 });
    const lines = appended(4, 200);
    const seen: RecordedEvent[] = [];
    for await (const batch of store.subscribe({ after: 0n })) {
      seen.push(...batch.events);
      if (batch.position >= 200n) break;
    }
    expectGapless(seen);
    expect((await lines).toSorted()).toEqual(seen.map(lineOf).toSorted());
    await store.close();
  });
});

/** A limit on the size of files stands for a full disk: the system's answer to a write is of the same kind. */
const withLimits = unlessMissing(existsSync('/usr/bin/prlimit') ? null : 'this machine has no prlimit');

describe('a file that may not grow', () => {
  withLimits.it(
    'refuses appends as a full disk does, makes what room it can, and takes the same ones once it may',
    async () => {
      const child = spawn('sh', ['-c', 'ulimit -S -f 1000; exec "$0" "$@"', process.execPath, APPENDER, file, '8']);
      children.push(child);
      const acknowledged: string[] = [];
      let beforeRefusal: number | undefined;
      let enough = Number.POSITIVE_INFINITY;
      for await (const line of createInterface({ input: child.stdout })) {
        if (line === 'refused disk-full') {
          beforeRefusal ??= acknowledged.length;
          const roomWasMade = acknowledged.length > beforeRefusal;
          if (roomWasMade && enough === Number.POSITIVE_INFINITY) {
            enough = acknowledged.length + 200;
            await once(spawn('prlimit', [`--pid=${child.pid}`, '--fsize=unlimited']), 'exit');
          }
        }
        if (!line.startsWith('refused')) acknowledged.push(line);
        if (acknowledged.length >= enough) child.kill('SIGKILL');
      }
      const store = await openSqliteEventStore({ file });
      const log = await all(store.readAll());
      expectGapless(log);
      const standing = new Set(log.map(lineOf));
      expect(acknowledged.filter((line) => !standing.has(line))).toEqual([]);
      expect(acknowledged.length).toBeGreaterThanOrEqual(enough);
      await store.close();
    },
  );
});

function start(...args: (string | number)[]): ChildProcess & { stdout: NodeJS.ReadableStream } {
  const child = spawn(process.execPath, [APPENDER, file, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

/** The lines of the appends that a process acknowledged until it was killed, some time after the given number. */
async function appendAndKill(appenders: number, afterLines: number): Promise<string[]> {
  const child = start(appenders);
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === afterLines) child.kill('SIGKILL');
  }
  return lines.filter((line) => line.split(' ').at(3)?.length === 36);
}

async function appended(appenders: number, appends: number): Promise<string[]> {
  const child = start(appenders, appends);
  const exit = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) lines.push(line);
  expect(await exit).toEqual([0, null]);
  return lines;
}

function lineOf(event: RecordedEvent): string {
  return `${event.position} ${event.stream} ${event.revision} ${event.id}`;
}

function expectGapless(log: readonly RecordedEvent[]): void {
  expect(log.map((event) => event.position)).toEqual(log.map((_, index) => BigInt(index + 1)));
  const next = new Map<string, bigint>();
  for (const { stream, revision } of log) {
    expect(revision).toBe(next.get(stream) ?? 0n);
    next.set(stream, revision + 1n);
  }
}

/** Cuts a file, and leaves some meaningless bytes at its new end. */
async function tear(path: string, size: number): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.truncate(size);
  await handle.write(Buffer.alloc(777, 0x5a), 0, 777, size);
  await handle.close();
}
