import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { changedViews } from '../../test/views/counting-views.ts';
import { openSqliteEventStore, type SqliteEventStore } from '../event-store/index.ts';
import { deriveId } from '../kernel/index.ts';
import { installReplayed, openViews, type Projected, reading, replayViews, statement, type Views } from './index.ts';

type Program = 'counting' | 'changed' | 'renewed';
interface CountRow {
  readonly stream: string;
  readonly events: number;
  readonly last: number;
  readonly first?: number;
}

const counted = statement<CountRow>('SELECT * FROM count ORDER BY stream');

let dir: string;
let store: SqliteEventStore;
const open = new Set<Views>();
let events = 0;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-renewal-'));
  store = await openSqliteEventStore({ file: join(dir, 'log.db') });
});
afterEach(async () => {
  for (const views of open) await views.close();
  open.clear();
  await store.close();
  rmSync(dir, { recursive: true });
});

const gate = (): string => join(dir, 'gate');
const openGate = (): void => writeFileSync(gate(), '');

async function start(program: Program, folder = 'views'): Promise<Views> {
  const worker = new URL(`../../test/views/${program}.worker.ts`, import.meta.url);
  const views = await openViews({ dir: join(dir, folder), log: join(dir, 'log.db'), worker });
  open.add(views);
  return views;
}

async function stop(views: Views): Promise<void> {
  open.delete(views);
  await views.close();
}

async function append(type = 'Seen.v1', data = 'nothing'): Promise<bigint> {
  const stream = `stream-${String((events += 1)).padStart(4, '0')}`;
  const event = { id: deriveId(stream, type), type, data, sealed: null, occurredAt: '2015-10-01T00:00:00.000Z' };
  const envelope = { actor: 'system', correlationId: deriveId(stream), causationId: null };
  return (await store.append(stream, [{ ...event, ...envelope }], 'no-stream')).position;
}

/** A log with a gate that the new version does not pass before it is opened, and an old program that has read it. */
async function readBefore(folder = 'views'): Promise<void> {
  const views = await start('counting', folder);
  await append();
  await append('Gate.v1', gate());
  await views.reached(await append());
  await stop(views);
}

const seen = (views: Views): readonly CountRow[] => counted(views.db('careful')).all();
const stateOf = (views: Views) => views.state().find(({ name }) => name === 'careful');
const files = (): readonly string[] =>
  readdirSync(join(dir, 'views'))
    .filter((file) => file.startsWith('careful') && file.endsWith('.db'))
    .sort();

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

it('a view whose file was deleted before anybody asked for it is built anew when somebody does', async () => {
  const first = await start('counting');
  await append();
  await first.reached(await append());
  await stop(first);
  const views = await start('counting');
  await views.reached(await append());
  for (const file of readdirSync(join(dir, 'views'))) if (file.startsWith('careful')) rmSync(join(dir, 'views', file));
  expect(() => seen(views)).toThrow(expect.objectContaining({ code: 'not_caught_up' }));
  expect(stateOf(views)).toMatchObject({ building: true });
  await until(() => stateOf(views)?.building === false);
  expect(seen(views)).toHaveLength(3);
  await views.reached(await append());
  expect(seen(views)).toHaveLength(4);
});

describe('a view’s file with something that its program did not make', () => {
  it('is built anew, and one that only has another index is not', async () => {
    await readBefore();
    const [name = ''] = files();
    const change = (statement: string): void => {
      const db = new Database(join(dir, 'views', name));
      db.exec(statement);
      db.exec("UPDATE count SET stream = 'altered' WHERE rowid = 1");
      db.close();
    };
    openGate();
    change('CREATE INDEX more ON count (last)');
    const kept = await start('counting');
    await kept.ready();
    expect(seen(kept).map(({ stream }) => stream)).toContain('altered');
    await stop(kept);
    change('CREATE TRIGGER sly AFTER INSERT ON count BEGIN SELECT 1; END');
    const anew = await start('counting');
    await anew.ready();
    expect(seen(anew).map(({ stream }) => stream)).not.toContain('altered');
  });
});

describe('a new version of a view', () => {
  it('is built beside the one before, which is served and kept current until it takes its place', async () => {
    await readBefore();
    const views = await start('renewed');
    const heard: Projected[] = [];
    const positions: bigint[] = [];
    const look = (): void => void positions.push(reading(views.db('careful'), (_db, position) => position));
    views.onProjected((projected) => {
      heard.push(...projected.filter(({ view }) => view === 'careful'));
      look();
    });
    await views.ready();
    await views.reached(await append());

    expect(stateOf(views)).toEqual({
      name: 'careful',
      version: 2,
      next: 3,
      position: 4n,
      building: true,
      stopped: null,
    });
    expect(seen(views).map((row) => Object.keys(row).length)).toEqual([3, 3, 3]);
    expect(existsSync(gate())).toBe(false);

    openGate();
    await until(() => stateOf(views)?.version === 3);
    await views.reached(await append());
    look();

    expect(stateOf(views)).toEqual({ name: 'careful', version: 3, position: 5n, building: false, stopped: null });
    expect(seen(views).map(({ first, last }) => first === last)).toEqual([true, true, true, true]);
    expect(positions).toEqual([...positions].sort((a, b) => Number(a - b)));
    expect(heard.filter(({ renewed }) => renewed)).toEqual([{ view: 'careful', changes: [], renewed: true }]);
    expect(files()).toEqual(['careful.v3.1.db']);
    expect(await views.verify('careful')).toMatchObject({ version: 3, equal: true });
  });

  it('that its queries need shows nothing before it is whole', async () => {
    await readBefore();
    const views = await start('changed');

    expect(() => views.db('careful')).toThrow(
      expect.objectContaining({
        code: 'not_caught_up',
        retryAfterSeconds: 2,
        detail: 'The view careful is being built.',
      }),
    );
    expect(stateOf(views)).toEqual({
      name: 'careful',
      version: 3,
      position: 0n,
      building: true,
      built: 0,
      stopped: null,
    });

    openGate();
    await views.ready();
    expect(seen(views)).toHaveLength(2);
  });

  it('that was built ahead, beside the program of before, is served as soon as the new program is there', async () => {
    const before = await start('counting');
    await append();
    await append('Gate.v1', gate());
    openGate();
    const definitions = changedViews.filter(({ name }) => name === 'careful');
    const [replayed] = await replayViews({ log: store, definitions, dir: join(dir, 'views') });
    const [definition] = definitions;
    if (!definition || !replayed?.file) throw new Error('nothing was built ahead');
    installReplayed(join(dir, 'views'), definition, replayed.file);
    await before.reached(await append());
    expect(seen(before)).toHaveLength(2);
    await stop(before);
    await append();
    rmSync(gate());

    const views = await start('changed');
    await views.ready();

    expect(seen(views).map(({ first }) => first)).toEqual([1, 3, 4]);
    await until(() => files().length === 1);
    expect(files()).toEqual(['careful.v3.1.db']);
  });
});

describe('a new node', () => {
  const copied = (name: string): string => join(dir, 'copy', name);

  it('goes on from a copy of the files of a node that was stopped', async () => {
    openGate();
    const before = await start('changed');
    await append();
    await append('Gate.v1', gate());
    await before.reached(await append());
    await stop(before);
    rmSync(gate());
    cpSync(join(dir, 'views'), join(dir, 'copy'), { recursive: true });
    const last = await append();

    const views = await start('changed', 'copy');
    await views.reached(last, 10_000);

    expect(seen(views)).toHaveLength(3);
  });

  it("goes on from SQLite's own copy of files in use", async () => {
    openGate();
    const running = await start('changed');
    await append();
    await append('Gate.v1', gate());
    await running.reached(await append());
    mkdirSync(join(dir, 'copy'));
    for (const file of ['careful.v3.1.db', 'eager.v2.1.db']) {
      const db = new Database(join(dir, 'views', file), { readonly: true });
      await db.backup(copied(file));
      db.close();
    }
    rmSync(gate());
    const last = await append();

    const views = await start('changed', 'copy');
    await views.reached(last, 10_000);
    await running.reached(last);

    expect(seen(views)).toEqual(seen(running));
  });

  it('starts from nothing, in one reading of the log', async () => {
    openGate();
    await readBefore();
    const views = await start('changed', 'empty');
    await views.ready();

    expect(seen(views).map(({ first }) => first)).toEqual([1, 3]);
  });

  it('builds anew what it was given of another log', async () => {
    openGate();
    await readBefore();
    await store.close();
    rmSync(join(dir, 'log.db'));
    store = await openSqliteEventStore({ file: join(dir, 'log.db') });
    for (let count = 0; count < 5; count += 1) await append();

    const views = await start('counting');
    await views.ready();

    expect(seen(views)).toHaveLength(5);
    expect(await views.verify('careful')).toMatchObject({ equal: true, position: 5n });
  });
});
