import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { countingViews } from '../../test/views/counting-views.ts';
import { openSqliteEventStore, type SqliteEventStore } from '../event-store/index.ts';
import { deriveId } from '../kernel/index.ts';
import {
  installReplayed,
  NotVerifiable,
  type ReplayProgress,
  replayViews,
  type ViewDefinition,
  verifyViews,
} from './index.ts';
import { openViewForWriting, readCheckpoint, viewFile } from './view-file.ts';
import { ViewWriter } from './view-writer.ts';

let dir: string;
let log: SqliteEventStore;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-replay-'));
  log = await openSqliteEventStore({ file: join(dir, 'log.db') });
});
afterEach(async () => {
  await log.close();
  rmSync(dir, { recursive: true });
});

async function append(count: number, type = 'Seen.v1'): Promise<void> {
  const from = await log.head();
  const many = Array.from({ length: count }, (_, index) => {
    const stream = `stream-${String(from + BigInt(index) + 1n).padStart(5, '0')}`;
    const event = { id: deriveId(stream), type, data: null, sealed: null, occurredAt: '2015-10-01T00:00:00.000Z' };
    const envelope = { actor: 'system', correlationId: deriveId(stream), causationId: null };
    return log.append(stream, [{ ...event, ...envelope }], 'no-stream');
  });
  await Promise.all(many);
}

const views = (): string => join(dir, 'views');
const [careful, eager] = countingViews;
function defined(definition: ViewDefinition | undefined): ViewDefinition {
  if (!definition) throw new Error('there are two counting views');
  return definition;
}

/** Folds the log into a view's live file and leaves it open, as a running projector does. */
async function follow(definition: ViewDefinition): Promise<ViewWriter> {
  mkdirSync(views(), { recursive: true });
  const file = viewFile(views(), definition, 1);
  const writer = new ViewWriter(definition, file, openViewForWriting(file, definition));
  for await (const { events, position, caughtUp } of log.subscribe({ after: 0n })) {
    writer.fold(events, position);
    if (caughtUp) return writer;
  }
  return writer;
}

function read(file: string | null): { readonly rows: readonly unknown[]; readonly position: bigint } {
  if (file === null) throw new Error('there is no file');
  const db = new Database(file, { readonly: true });
  try {
    return { rows: db.prepare('SELECT * FROM count ORDER BY stream').all(), position: readCheckpoint(db).position };
  } finally {
    db.close();
  }
}

describe('a replay', () => {
  it('builds all views in one reading of the log, and tells how far it is', async () => {
    await append(9_000);
    const heard: ReplayProgress[] = [];
    const before = log.stats().eventsRead;
    const replayed = await replayViews({
      log,
      definitions: countingViews,
      dir: views(),
      onProgress: (progress) => heard.push(progress),
    });

    expect(log.stats().eventsRead - before).toBe(9_000);
    expect(replayed).toEqual(
      ['careful', 'eager'].map((view) => {
        return { view, version: 2, file: expect.stringContaining(`${view}.v2.`), position: 9_000n, stopped: null };
      }),
    );
    for (const { file } of replayed) expect(read(file)).toMatchObject({ position: 9_000n, rows: { length: 9_000 } });
    expect(heard.at(-1)).toEqual({
      position: 9_000n,
      until: 9_000n,
      events: 9_000,
      eventsPerSecond: expect.any(Number),
      done: 0.5,
    });
    expect(heard.map(({ position }) => position)).toEqual([...new Set(heard.map(({ position }) => position))]);
  });

  it('stops at the position that it is told, for each view its own', async () => {
    await append(50);
    const until = new Map([
      ['careful', 20n],
      ['eager', 30n],
    ]);
    const [first, second] = await replayViews({ log, definitions: countingViews, dir: views(), until });

    expect(read(first?.file ?? null)).toMatchObject({ position: 20n, rows: { length: 20 } });
    expect(read(second?.file ?? null)).toMatchObject({ position: 30n, rows: { length: 30 } });
  });

  it('of a view that cannot read an event ends there without a file, the others go on', async () => {
    await append(3);
    await append(1, 'Bad.v1');
    await append(1);
    const [first, second] = await replayViews({ log, definitions: countingViews, dir: views() });

    expect(first).toMatchObject({ view: 'careful', position: 5n, stopped: null });
    expect(second).toMatchObject({ file: null, stopped: { position: 4n, reason: 'Bad.v1: cannot be read' } });
    expect(readdirSync(views())).toHaveLength(1);
  });

  it('leaves nothing when it is broken off, or asked for a view that is not there', async () => {
    await append(3);
    const broken = replayViews({ log, definitions: countingViews, dir: views(), signal: AbortSignal.abort('enough') });
    await expect(broken).rejects.toBe('enough');
    await expect(replayViews({ log, definitions: countingViews, dir: views(), views: ['none'] })).rejects.toThrow(
      'there is no view none: careful, eager',
    );
    expect(readdirSync(views())).toEqual([]);
  });

  it('becomes the newest generation of the view when it is installed, and takes no name that is in use', async () => {
    await append(3);
    const definition = defined(careful);
    const [replayed] = await replayViews({ log, definitions: [definition], dir: views() });
    writeFileSync(viewFile(views(), definition, 1), '');
    const installed = installReplayed(views(), definition, replayed?.file ?? '');

    expect(installed).toBe(viewFile(views(), definition, 2));
    expect(readdirSync(views()).sort()).toEqual(['careful.v2.1.db', 'careful.v2.2.db']);
    expect(read(installed).position).toBe(3n);
  });
});

describe('a verification of files', () => {
  it('finds them equal where each stands, while they are being written', async () => {
    await append(5);
    const ahead = await follow(defined(careful));
    await append(5);
    const writers = [ahead, await follow(defined(eager))];

    const verified = await verifyViews({ log, definitions: countingViews, dir: views() });
    for (const writer of writers) writer.close();

    expect(verified.map(({ view, position, equal, difference }) => ({ view, position, equal, difference }))).toEqual([
      { view: 'careful', position: 5n, equal: true, difference: null },
      { view: 'eager', position: 10n, equal: true, difference: null },
    ]);
    expect(readdirSync(views()).filter((file) => file.includes('scratch'))).toEqual([]);
  });

  it('looks again where they differ: what the log opens to may have been erased since the file was read', async () => {
    await append(5);
    const definition = defined(careful);
    const writer = await follow(definition);
    let builds = 0;
    const reading = (db: Database.Database) => {
      const project = definition.open(db);
      builds += 1;
      return builds === 1 ? () => undefined : project;
    };

    const verified = await verifyViews({ log, definitions: [{ ...definition, openBuild: reading }], dir: views() });
    writer.close();

    expect(verified).toMatchObject([{ position: 5n, equal: true, difference: null }]);
    expect(builds).toBe(2);
  });

  it('compares what is served, not what was built beside it and waits for the next start', async () => {
    await append(5);
    const definition = defined(careful);
    const writer = await follow(definition);
    const [replayed] = await replayViews({ log, definitions: [definition], dir: views(), until: 3n });
    installReplayed(views(), definition, replayed?.file ?? '');

    const served = await verifyViews({ log, definitions: [definition], dir: views() });
    writer.close();
    const stopped = await verifyViews({ log, definitions: [definition], dir: views() });

    expect([...served, ...stopped].map(({ position, equal }) => ({ position, equal }))).toEqual([
      { position: 5n, equal: true },
      { position: 3n, equal: true },
    ]);
  });

  it('lets go of the live file before the building: it is written, and gives back its write-ahead log meanwhile', async () => {
    await append(5);
    const definition = defined(careful);
    const writer = await follow(definition);
    const paced: unknown[] = [];
    const pace = (): void => {
      const live = new Database(writer.file);
      live.exec('UPDATE count SET events = events + 1');
      paced.push(live.pragma('wal_checkpoint(TRUNCATE)'));
      live.close();
    };
    const verified = await verifyViews({ log, definitions: [definition], dir: views(), pace });
    writer.close();

    expect(verified).toMatchObject([{ position: 5n, equal: true, difference: null }]);
    expect(paced).toEqual([[{ busy: 0, log: 0, checkpointed: 0 }]]);
  });

  it('says when a view has no file, a damaged one, or an event that it cannot read', async () => {
    await append(2);
    const verify = (definition: ViewDefinition | undefined) =>
      verifyViews({ log, definitions: [defined(definition)], dir: views() });
    await expect(verify(careful)).rejects.toThrow(new NotVerifiable('there is no file of the view careful, version 2'));

    mkdirSync(views());
    const broken = viewFile(views(), defined(careful), 1);
    writeFileSync(broken, 'this is no database, and long enough to be read as the head of one '.repeat(200));
    await expect(verify(careful)).rejects.toThrow(
      new NotVerifiable(`${broken} is damaged; the next start builds it anew`),
    );

    const passed = await follow(defined(eager));
    passed.close();
    await append(1, 'Bad.v1');
    const db = new Database(passed.file);
    db.exec('UPDATE checkpoint SET position = 3');
    db.close();
    await expect(verify(eager)).rejects.toThrow(new NotVerifiable('eager stopped at 3: Bad.v1: cannot be read'));
  });

  it.each([
    ['UPDATE count SET events = 2 WHERE last = 7', 'stream-00007', { events: 2n }, { events: 1n }],
    ["DELETE FROM count WHERE stream = 'stream-00003'", 'stream-00003', null, { last: 3n }],
    ["INSERT INTO count VALUES ('stream-00003x', 1, 1)", 'stream-00003x', { last: 1n }, null],
    ["INSERT INTO count VALUES ('x', 1, 1)", 'x', { last: 1n }, null],
  ])('names the first row that differs: %s', async (sql, stream, live, rebuilt) => {
    await append(9);
    const definition = defined(careful);
    const writer = await follow(definition);
    writer.close();
    const db = new Database(writer.file);
    db.exec(sql);
    db.exec('UPDATE count SET events = 9 WHERE last = 9');
    db.close();

    const [verified] = await verifyViews({ log, definitions: [definition], dir: views() });

    expect(verified).toMatchObject({
      equal: false,
      difference: {
        view: 'careful',
        table: 'count',
        key: { stream: sql.includes("'x'") ? 'stream-00009' : stream },
        ...(sql.includes("'x'") ? { live: { events: 9n }, rebuilt: { events: 1n } } : { live, rebuilt }),
      },
    });
  });
});
