import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { openSqliteEventStore, type SqliteEventStore } from '../event-store/index.ts';
import { deriveId } from '../kernel/index.ts';
import { openViews, type Projected, reading, statement, type Views, type ViewsOptions } from './index.ts';

const WORKER = new URL('../../test/views/counting.worker.ts', import.meta.url);
const counted = statement<{ stream: string; events: number; last: number }>('SELECT * FROM count ORDER BY stream');

let dir: string;
let store: SqliteEventStore;
let views: Views;
let problems: string[];
let events = 0;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-projections-'));
  store = await openSqliteEventStore({ file: join(dir, 'log.db') });
  problems = [];
});
afterEach(async () => {
  await views.close();
  await store.close();
  rmSync(dir, { recursive: true });
});

async function open(options: Pick<ViewsOptions, 'beside' | 'restsAfterMs' | 'watchLog'> = {}): Promise<void> {
  views = await openViews({
    dir: join(dir, 'views'),
    log: join(dir, 'log.db'),
    worker: WORKER,
    onProblem: (reason) => problems.push(reason),
    ...options,
  });
  await views.ready();
}

/** Appends one event to a stream of its own. */
async function append(type: string, data = 'nothing', stream = `stream-${(events += 1)}`): Promise<bigint> {
  const event = { id: deriveId(stream, type), type, data, sealed: null, occurredAt: '2015-10-01T00:00:00.000Z' };
  const envelope = { actor: 'system', correlationId: deriveId(stream), causationId: null };
  return (await store.append(stream, [{ ...event, ...envelope }], 'no-stream')).position;
}

async function appendMany(count: number): Promise<bigint> {
  const positions = await Promise.all(Array.from({ length: count }, () => append('Seen.v1')));
  return positions.reduce((most, position) => (position > most ? position : most), 0n);
}

function rows(view: string): readonly { stream: string; events: number; last: number }[] {
  return counted(views.db(view)).all();
}

const files = (): readonly string[] => readdirSync(join(dir, 'views')).filter((file) => file.endsWith('.db'));
const stateOf = (view: string) => views.state().find(({ name }) => name === view);

/** Resolves once the condition holds, which is looked at after each commit and each 20 ms. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the views', () => {
  it('follow the log, and tell what has changed in its order', async () => {
    await open();
    const heard: (readonly [readonly Projected[], bigint])[] = [];
    views.onProjected((projected, position) => heard.push([projected, position]));
    const first = await append('Seen.v1', 'x', 'stream-a');
    await views.reached(first);
    const second = await append('Seen.v1', 'x', 'stream-b');
    await views.reached(second);

    expect(heard).toEqual([
      [['careful', 'eager'].map((view) => ({ view, changes: ['stream-a'] })), first],
      [['careful', 'eager'].map((view) => ({ view, changes: ['stream-b'] })), second],
    ]);
    expect(rows('careful')).toEqual([
      { stream: 'stream-a', events: 1, last: Number(first) },
      { stream: 'stream-b', events: 1, last: Number(second) },
    ]);
    expect(reading(views.db('careful'), (_db, position) => position)).toBe(second);
    expect(views.position()).toBe(second);
  });

  it('say so when a position is not reached in time', async () => {
    await open();
    await expect(views.reached(1n, 10)).rejects.toMatchObject({ code: 'not_caught_up', retryAfterSeconds: 1 });
  });

  it('go on from their checkpoints, also when a tail was lost', async () => {
    await open();
    await views.reached(await appendMany(5));
    await views.close();
    copyFileSync(join(dir, 'views', 'careful.v2.1.db'), join(dir, 'kept.db'));
    await open();
    await views.reached(await appendMany(5));
    await views.close();
    copyFileSync(join(dir, 'kept.db'), join(dir, 'views', 'careful.v2.1.db'));

    await open();

    expect(rows('careful')).toEqual(rows('eager'));
    expect(await views.verify('careful')).toMatchObject({ equal: true, position: 10n });
  });

  it('are built anew when their file is damaged, or follows another log', async () => {
    await open();
    const position = await appendMany(5);
    await views.reached(position);
    await views.close();
    writeFileSync(join(dir, 'views', 'careful.v2.1.db'), 'no database '.repeat(1_000));
    const other = new Database(join(dir, 'views', 'eager.v2.1.db'));
    other.exec("UPDATE checkpoint SET last_id = 'of another log'; DELETE FROM count");
    other.close();

    await open();

    expect(rows('careful')).toHaveLength(5);
    expect(rows('eager')).toEqual(rows('careful'));
  });

  it('of older versions go when the new ones have caught up; newer ones stay', async () => {
    await open();
    await views.close();
    for (const file of ['careful.v1.7.db', 'careful.v3.1.db', 'careful.v2.9.db.building']) {
      writeFileSync(join(dir, 'views', file), '');
    }

    await open();
    await until(() => !existsSync(join(dir, 'views', 'careful.v1.7.db')));

    expect([...files(), ...readdirSync(join(dir, 'views')).filter((file) => file.endsWith('building'))].sort()).toEqual(
      ['careful.v2.1.db', 'careful.v3.1.db', 'eager.v2.1.db'],
    );
  });
});

describe('a view that cannot read an event', () => {
  it('stops just before it, alone, and can be seen to', async () => {
    await open();
    await append('Seen.v1', 'x', 'stream-good');
    const bad = await append('Bad.v1');
    const after = await append('Seen.v1', 'x', 'stream-later');
    await views.reached(after);

    expect(stateOf('eager')).toEqual({
      name: 'eager',
      version: 2,
      position: bad - 1n,
      building: false,
      stopped: { position: bad, reason: 'Bad.v1: cannot be read' },
    });
    expect(rows('eager').map(({ stream }) => stream)).toEqual(['stream-good']);
    expect(stateOf('careful')).toMatchObject({ position: after, stopped: null });
    await expect(views.rebuild('eager')).rejects.toThrow('cannot be read');
    expect(rows('eager').map(({ stream }) => stream)).toEqual(['stream-good']);
  });
});

describe('a rebuild', () => {
  it('goes on beside the live view and takes its place, while the log grows', async () => {
    await open();
    await views.reached(await appendMany(3_000));
    const before = views.db('careful');
    const growing = appendMany(500);
    const rebuilt = views.rebuild('careful');
    expect(views.rebuild('careful')).toBeInstanceOf(Promise);
    expect(stateOf('careful')).toMatchObject({ building: true });

    await Promise.all([rebuilt, growing]);
    await views.reached(await growing);

    expect(stateOf('careful')).toMatchObject({ building: false, position: 3_500n });
    expect(views.db('careful')).not.toBe(before);
    expect(rows('careful')).toEqual(rows('eager'));
    expect(files()).toEqual(['careful.v2.2.db', 'eager.v2.1.db']);
    await views.reached(await append('Seen.v1'));
    expect(rows('careful')).toHaveLength(3_501);
  });

  it('is told to all who keep rows, since the file of before may have had others', async () => {
    await open();
    await append('Seen.v1');
    const told: Projected[] = [];
    views.onProjected((projected) => told.push(...projected.filter(({ renewed }) => renewed)));
    await views.rebuild('careful');
    expect(told).toEqual([{ view: 'careful', changes: [], renewed: true }]);
  });
});

describe('a verification', () => {
  it('finds a live view equal to its rebuild, and finds a row that was changed', async () => {
    await open();
    await views.reached(await appendMany(50));
    expect(await views.verify('careful')).toMatchObject({ view: 'careful', position: 50n, equal: true });

    const live = new Database(join(dir, 'views', 'careful.v2.1.db'));
    live.exec('UPDATE count SET events = 2 WHERE last = 7');
    live.close();

    const { equal, live: digest, rebuilt } = await views.verify('careful');
    expect(equal).toBe(false);
    expect(digest).not.toBe(rebuilt);
    expect(readdirSync(join(dir, 'views')).filter((file) => file.includes('scratch'))).toEqual([]);
  });
});

describe('views in a thread of their own', () => {
  it('leave no write-ahead log beside their files when they end, though their thread ended before', async () => {
    await open({ beside: ['eager'], restsAfterMs: 50 });
    await views.reached(await append('Seen.v1'), 2_000, 'eager');
    await until(() => projectors() === 1);
    await views.close();
    expect(readdirSync(join(dir, 'views')).sort()).toEqual(['careful.v2.1.db', 'eager.v2.1.db']);
    await open();
    expect(rows('eager')).toHaveLength(1);
  }, 20_000);

  it('let it end while nothing is new, and go on where they were as if it had not', async () => {
    await open({ beside: ['eager'], restsAfterMs: 50 });
    const first = await append('Seen.v1');
    await Promise.all([views.reached(first), views.reached(first, 2_000, 'eager')]);
    const connection = views.db('eager');
    const told: Projected[] = [];
    views.onProjected((projected) => told.push(...projected));

    await until(() => projectors() === 1);
    expect(rows('eager')).toHaveLength(1);
    const states: (boolean | undefined)[] = [];
    views.onProjected(() => states.push(stateOf('eager')?.building));
    const position = await append('Seen.v1', 'x', 'stream-later');
    await views.reached(position, 2_000, 'eager');

    expect(rows('eager')).toHaveLength(2);
    expect(views.db('eager')).toBe(connection);
    expect(stateOf('eager')).toMatchObject({ position, building: false });
    expect(states).not.toContain(true);
    expect(told).toEqual(['careful', 'eager'].map((view) => ({ view, changes: ['stream-later'] })));
    await until(() => projectors() === 1);
    await views.rebuild('eager');
    expect(await views.verify('eager')).toMatchObject({ equal: true });
    expect(problems).toEqual([]);
  }, 20_000);

  it('are rebuilt beside the others, whose build may die without theirs', async () => {
    const once = join(dir, 'once');
    writeFileSync(once, '');
    await open({ beside: ['eager'] });
    await views.reached(await append('Crash.v1', once));
    rmSync(once);
    const [careful, eager] = await Promise.allSettled([views.rebuild('careful'), views.rebuild('eager')]);
    expect([careful.status, eager.status]).toEqual(['rejected', 'fulfilled']);
  });
});

describe('all views', () => {
  const watchLog = (after: bigint, wake: () => void): (() => void) => {
    const stop = new AbortController();
    void (async () => {
      for await (const batch of store.subscribe({ after, signal: stop.signal })) if (batch.position > after) wake();
    })();
    return () => stop.abort();
  };

  it('may rest, and go on with what is written, by whomever, and when somebody comes', async () => {
    await open({ beside: ['eager'], restsAfterMs: 50, watchLog });
    await views.reached(await append('Seen.v1'));
    const connection = views.db('careful');
    const renewed: Projected[] = [];
    views.onProjected((projected) => renewed.push(...projected.filter((each) => each.renewed)));

    await until(() => projectors() === 0);
    await views.reached(await append('Seen.v1'));
    await until(() => projectors() === 0);
    const unasked = await append('Seen.v1');
    await until(() => rows('careful').length === 3 && rows('eager').length === 3);
    await until(() => projectors() === 0);
    views.attend();
    await until(() => projectors() === 1);
    await until(() => projectors() === 0);
    await views.rebuild('careful');

    expect(stateOf('careful')).toMatchObject({ position: unasked, building: false });
    expect(renewed).toEqual([{ view: 'careful', changes: [], renewed: true }]);
    expect(views.db('careful')).not.toBe(connection);
    expect(rows('careful')).toEqual(rows('eager'));
    expect(problems).toEqual([]);
  }, 30_000);
});

/** Running threads of views in this process; only Linux tells them. */
function projectors(): number {
  return readdirSync('/proc/self/task').filter((id) => {
    const comm = join('/proc/self/task', id, 'comm');
    return existsSync(comm) && readFileSync(comm, 'utf8').trim() === 'projector';
  }).length;
}

describe("the projector's thread", () => {
  it('is started again when it dies, and nothing is missing', async () => {
    await open();
    await append('Seen.v1');
    const told: string[] = [];
    views.onProjected((projected) => {
      for (const { view, renewed } of projected) if (renewed) told.push(view);
    });
    await append('Crash.v1', join(dir, 'crashed'));
    const last = await append('Seen.v1');
    await views.reached(last, 10_000);

    expect(problems).toHaveLength(1);
    // A commit that it could not report is looked for by everyone who keeps or reports anything.
    expect(told.sort()).toEqual(['careful', 'eager']);
    expect(rows('careful')).toHaveLength(3);
    expect(rows('eager')).toHaveLength(2);
  });
});

describe('views that no write waits for', () => {
  it('begin once the others are open, whom they would hold up, and are there when all are ready', async () => {
    await open();
    await views.close();
    const position = await append('Seen.v1', 'x', 'stream-a');
    views = await openViews({ dir: join(dir, 'views'), log: join(dir, 'log.db'), worker: WORKER, beside: ['careful'] });
    expect(() => views.db('careful')).toThrow('being built');
    await views.reached(position, 10_000, 'careful');
    await views.ready();
    expect(rows('careful')).toHaveLength(1);
  });

  it('let a start fail when their files cannot be opened', async () => {
    mkdirSync(join(dir, 'views', 'careful.v2.1.db'), { recursive: true });
    views = await openViews({ dir: join(dir, 'views'), log: join(dir, 'log.db'), worker: WORKER, beside: ['careful'] });
    await expect(views.ready()).rejects.toThrow('the projector failed');
  });

  it('are built beside the others, which are ready without them, and tell how far that is', async () => {
    const gate = join(dir, 'gate');
    await append('Seen.v1', 'x', 'stream-a');
    const position = await append('Gate.v1', gate);
    const beside = { worker: new URL('../../test/views/changed.worker.ts', import.meta.url), beside: ['careful'] };
    views = await openViews({ dir: join(dir, 'views'), log: join(dir, 'log.db'), ...beside, besideMs: 0 });
    await views.ready();
    expect(rows('eager')).toHaveLength(1);
    expect(stateOf('careful')).toEqual({
      name: 'careful',
      version: 3,
      position: 0n,
      building: true,
      built: 0,
      stopped: null,
    });
    expect(() => views.db('careful')).toThrow('being built');

    writeFileSync(gate, '');
    await views.reached(position, 10_000, 'careful');
    expect(rows('careful')).toHaveLength(1);
    expect(stateOf('careful')).toMatchObject({ building: false, position });
    expect(stateOf('careful')).not.toHaveProperty('built');
  });

  it('have a projector of their own: the others go on while they stand, and both are told, rebuilt and verified alike', async () => {
    const gate = join(dir, 'views', 'gate');
    views = await openViews({
      dir: join(dir, 'views'),
      log: join(dir, 'log.db'),
      worker: new URL('../../test/views/changed.worker.ts', import.meta.url),
      beside: ['careful'],
      lateAfterMs: 100,
    });
    await views.ready();
    await append('Gate.v1', gate);
    const position = await append('Seen.v1', 'x', 'stream-a');
    await views.reached(position);
    expect([rows('eager').length, rows('careful').length]).toEqual([1, 0]);
    await expect(views.reached(position, 10, 'careful')).rejects.toMatchObject({ code: 'not_caught_up' });
    expect(views.position()).toBe(position);
    await until(() => stateOf('careful')?.late === true);
    expect(stateOf('careful')).toMatchObject({ position: 0n, building: false, stopped: null });
    expect(stateOf('eager')).not.toHaveProperty('late');

    writeFileSync(gate, '');
    await views.reached(position, undefined, 'careful');
    expect(stateOf('careful')).not.toHaveProperty('late');
    expect(rows('careful')).toMatchObject([{ stream: 'stream-a', events: 1, last: Number(position) }]);
    expect(views.state().map(({ name, position: at }) => ({ name, at }))).toEqual([
      { name: 'eager', at: position },
      { name: 'careful', at: position },
    ]);
    const heard: Projected[] = [];
    views.onProjected((projected) => heard.push(...projected));
    await views.rebuild('careful');
    expect(heard).toEqual([{ view: 'careful', changes: [], renewed: true }]);
    expect(await views.verify('careful')).toMatchObject({ view: 'careful', equal: true, position });
  });
});
