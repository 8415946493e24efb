import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { openSqliteEventReader, openSqliteEventStore } from '../../libs/event-store/index.ts';
import { TreeWriter } from '../../libs/log-tree/tree-writer.ts';
import { openSqliteVault } from '../../libs/vault/index.ts';
import { unlessMissing } from '../support/left-out.ts';
import { builtShim, cannotLie, type FailPoint, LyingDisk } from './lying-disk/lying-disk.ts';
import { Disk, type Left, type Step } from './lying-disk/trace.ts';

/** All faults, all cuts; otherwise one fault of each kind, in the middle of its run, and some cuts, evenly spread; with another process, some. */
const LONG = process.env.COLLOQUY_LONG !== undefined;
/** Faults that are tried side by side. */
const TOGETHER = 2;
/** Faults after which a long run says how far it is. */
const TOLD_EACH = 100 * TOGETHER;
const CUTS = LONG ? 8 : 3;
const GROUPS = 30;
const GROUPS_AFTER = 8;
/** So many that a commit changes pages which those right before it have not. */
const GROUPS_BEFORE = 2 * GROUPS;
/** Of the write-ahead log of a start: the first one is of its head, so these are of the second commit and later ones. */
const EARLY_SYNCS = LONG ? [3, 4] : [3];
const MOST_MS = LONG ? 7_200_000 : 600_000;

const reason = cannotLie();

let place: string;
let shim: string;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'colloquy-lying-'));
  if (reason === null) shim = builtShim(place);
});

afterAll(() => rmSync(place, { recursive: true, force: true }));

const newDisk = (): LyingDisk => new LyingDisk({ shim, dir: mkdtempSync(join(place, 'disk-')) });

unlessMissing(reason).describe('with a disk that fails', () => {
  test(
    'no acknowledged event and no key is lost, whichever write or sync fails, and whenever the power is cut then',
    async () => {
      const points = await failPoints();
      expect(points.filter(({ name, kind }) => name === 'log.db' && kind === 'sync').length).toBeGreaterThan(1);
      const lost: unknown[] = [];
      for (let at = 0; at < points.length; at += TOGETHER) {
        const some = points.slice(at, at + TOGETHER);
        lost.push(...(await Promise.all(some.map((point, more) => lostAfter(point, at + more)))).flat());
        if (at % TOLD_EACH === 0)
          process.stderr.write(`${at} of ${points.length} faults, ${lost.length} with a loss\n`);
      }
      expect(lost).toEqual([]);
    },
    MOST_MS,
  );

  test(
    'nothing is lost either when another process has the log open over it all, and with it what was told of checkpoints',
    async () => {
      const syncs = (await failPoints()).filter(({ name, kind }) => name === 'log.db' && kind === 'sync');
      const points = LONG ? syncs : syncs.filter((_, at) => at % 3 === 0);
      const lost: unknown[] = [];
      for (const [at, point] of points.entries()) lost.push(...(await lostAfter(point, at, true)));
      expect(lost).toEqual([]);
    },
    MOST_MS,
  );
});

unlessMissing(reason).describe('with a write-ahead log whose last commit can be read and is not on disk', () => {
  test(
    'a start moves nothing of it before it is: a power cut meanwhile leaves the log whole',
    async () => {
      const lost: unknown[] = [];
      for (const number of EARLY_SYNCS) {
        const disk = newDisk();
        expect(await disk.writes(GROUPS_BEFORE, 'close')).toBe('closed');
        const point = { name: 'log.db-wal', kind: 'sync', number } as const;
        expect(await disk.writes(GROUPS, 'close', point)).toBe('disk-failed');
        expect(await disk.writes(1, 'close')).toBe('closed');
        const steps = disk.steps();
        for (const [cut, left] of cutsInFirstMove(steps, number)) {
          const fault = await faultAfterCut(steps, cut, left);
          if (fault !== null) lost.push({ ...point, cut, of: steps.length, left, fault });
        }
        disk.remove();
      }
      expect(lost).toEqual([]);
    },
    MOST_MS,
  );
});

/** In which the start after a failed sync moves pages into the log's file, and right after it has synced them. */
function cutsInFirstMove(steps: readonly Step[], seed: number): readonly (readonly [number, Left])[] {
  const failed = steps.findIndex(({ kind }) => kind === 'failed-sync');
  const isOfLog = (kind: Step['kind'], step: Step): boolean =>
    step.kind === kind && 'name' in step && step.name === 'log.db';
  const first = steps.findIndex((step, at) => at > failed && isOfLog('write', step));
  const synced = steps.findIndex((step, at) => at > first && isOfLog('sync', step));
  if (failed < 0 || first < 0 || synced < 0) throw new Error('the start has moved nothing');
  const places = spread(synced - first, Math.ceil(CUTS / 5)).map((more) => first + more);
  return [...places.map((cut) => [cut, seed] as const), [synced + 1, 'none']];
}

/** Each write and sync of a run without a fault, or some of each kind. */
async function failPoints(): Promise<readonly FailPoint[]> {
  const disk = newDisk();
  expect(await disk.writes(GROUPS, 'close')).toBe('closed');
  const counts = new Map<string, number>();
  for (const step of disk.steps()) {
    if (step.kind !== 'write' && step.kind !== 'sync') continue;
    const key = `${step.name} ${step.kind}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  disk.remove();
  return [...counts].flatMap(([key, count]) => {
    const [name = '', kind] = key.split(' ');
    const isEach = LONG || (name === 'log.db' && kind === 'sync');
    const numbers = isEach ? spread(count, count) : [Math.ceil(count / 2)];
    return numbers.map((number) => ({ name, kind: kind === 'sync' ? 'sync' : 'write', number }) as const);
  });
}

/**
 * The fault, the end of the program, a start without a fault, and power cuts over all of it: what was lost by which. `isHeld`:
 * this process has the log open meanwhile.
 */
async function lostAfter(point: FailPoint, at: number, isHeld = false): Promise<readonly unknown[]> {
  const disk = newDisk();
  if (isHeld) await disk.writes(1, 'close');
  const holder = isHeld ? openSqliteEventReader({ file: join(disk.data, 'log.db') }) : null;
  const status = await disk.writes(GROUPS, 'close', point);
  await disk.writes(GROUPS_AFTER, at % 2 === 0 ? 'close' : 'drop');
  await holder?.close();
  const steps = disk.steps();
  const lost: unknown[] = [];
  for (const [cut, left] of cutsOf(steps, at)) {
    const fault = await faultAfterCut(steps, cut, left);
    if (fault !== null) lost.push({ ...point, status, cut, of: steps.length, left, fault });
  }
  disk.remove();
  return lost;
}

/** Half of them right after something was acknowledged. */
function cutsOf(steps: readonly Step[], seed: number): readonly (readonly [number, Left])[] {
  const told = steps.flatMap(({ kind }, index) => (kind === 'acknowledged' ? [index + 1] : []));
  const half = Math.ceil(CUTS / 2);
  const places = [...spread(told.length, half).map((one) => told[one - 1] ?? 0), ...spread(steps.length, half)];
  const lefts: readonly Left[] = ['none', seed, 'all'];
  return places.map((cut, index) => [cut, lefts[(index + seed) % lefts.length] ?? 'none']);
}

async function faultAfterCut(steps: readonly Step[], cut: number, left: Left): Promise<string | null> {
  const dir = mkdtempSync(join(place, 'cut-'));
  const disk = new Disk();
  for (const step of steps.slice(0, cut)) disk.take(step);
  disk.afterCut(dir, left);
  try {
    return (await faultIn(dir, new Set(disk.acknowledged))) ?? damageIn(join(dir, 'log.db'));
  } catch (error) {
    return String(error);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** What a start on the folder does not find, or cannot read. */
async function faultIn(dir: string, due: Set<string>): Promise<string | null> {
  const all = due.size;
  const store = await openSqliteEventStore({ file: join(dir, 'log.db') });
  const vault = await openSqliteVault({ file: join(dir, 'vault.db'), poolSize: 1 });
  const tree = new TreeWriter(join(dir, 'tree'));
  try {
    let position = 0n;
    for await (const { id, stream, type, sealed, position: at } of store.readAll()) {
      position += 1n;
      if (at !== position) return `position ${at} where ${position} is due`;
      if (sealed === null) return `event ${id} has lost its sealed part`;
      expect(await vault.open(sealed, { id, stream, type })).toEqual({ id });
      due.delete(id);
    }
    if (due.size > 0) return `${due.size} of ${all} acknowledged events are lost`;
    return tree.position > position ? `the tree ends at ${tree.position}, the log at ${position}` : null;
  } finally {
    tree.close();
    await vault.close();
    await store.close();
  }
}

/** What SQLite's own check finds in rows and indices. */
function damageIn(file: string): string | null {
  const db = new Database(file, { readonly: true });
  const found = String(db.pragma('integrity_check(1)', { simple: true }));
  db.close();
  return found === 'ok' ? null : found;
}

/** At most so many numbers from 1 to a count, the last one among them. */
function spread(count: number, most: number): readonly number[] {
  const taken = Math.min(count, most);
  return Array.from({ length: taken }, (_, at) => Math.ceil(((at + 1) * count) / taken));
}
