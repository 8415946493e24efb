import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, type Stats, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { StoreUnavailable } from '../../libs/event-store/index.ts';
import { imagesDir } from '../../libs/images/index.ts';
import { roomOn } from './disk-probe.ts';

/** The parts of DATA_DIR that reading a forum needs. */
const COPIED = [
  'log.db',
  'log.db-wal',
  'vault.db',
  'vault.db-wal',
  'vault-cache.db',
  'vault-cache.db-wal',
  'secrets.json',
  'shared-secrets.json',
  'followed-log.json',
  'views',
  'tree',
];
/** The room that views and indices may need besides the copies, in bytes. */
const RESERVE = 32 * 1_048_576;
/** How often a file is copied again when another program changed it meanwhile. */
const ATTEMPTS = 5;

/** The places for a copy, in this order; the second is memory. */
const PLACES: readonly string[] = [tmpdir(), '/dev/shm'];

/**
 * Copies DATA_DIR to a place that has room, readable by its owner alone, since it holds the keys; gives the directory.
 * Throws StoreUnavailable `disk-full` where no place has room.
 */
export function copyForReading(dataDir: string, places = PLACES): string {
  const due = sizeOf(dataDir) + RESERVE;
  const place = places.find((one) => roomOn(one) >= due);
  if (place === undefined) {
    const what = `${dataDir} takes no writes, and there is no room for a copy to read from (${due} bytes)`;
    const todo = `make room there or in ${places.join(' or ')}, or mount it for writing`;
    throw new StoreUnavailable('disk-full', `${what}; ${todo}`);
  }
  const dir = mkdtempSync(join(place, `${namesOf(dataDir)}${process.pid}-`));
  try {
    copyWhole(dataDir, dir);
    showImages(dataDir, dir);
    return dir;
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
}

/** Images are read in place: they may be many, and nothing overwrites them. */
function showImages(dataDir: string, dir: string): void {
  const images = imagesDir(resolve(dataDir));
  if (existsSync(images)) symlinkSync(images, imagesDir(dir));
}

/** Removes copies of DATA_DIR whose process is gone, since keys that were destroyed later must not remain there. */
export function removeLeftCopies(dataDir: string, places = PLACES): void {
  const names = namesOf(dataDir);
  for (const place of places) {
    for (const name of namesIn(place)) {
      if (!name.startsWith(names) || isAlive(Number.parseInt(name.slice(names.length), 10))) continue;
      rmSync(join(place, name), { recursive: true, force: true });
    }
  }
}

function namesOf(dataDir: string): string {
  return `colloquy-reading-${createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16)}-`;
}

function namesIn(place: string): readonly string[] {
  try {
    return readdirSync(place);
  } catch {
    return [];
  }
}

/** This process has no copy when it asks. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The log and the write-ahead log belong together: when one changes during the copying, both are copied again. */
function copyWhole(from: string, to: string): void {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const before = stateOf(from);
    for (const name of COPIED) copyOne(join(from, name), join(to, name));
    if (stateOf(from) === before) return;
  }
  throw new StoreUnavailable('locked', `${from} is changed by another program all the time; end it`);
}

function copyOne(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  if (existsSync(from)) cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('-shm') });
}

function stateOf(dir: string): string {
  return COPIED.map((name) => statOf(join(dir, name)))
    .map((found) => (found?.isFile() ? `${found.size} ${found.mtimeMs}` : ''))
    .join('\n');
}

function sizeOf(dir: string): number {
  return COPIED.map((name) => join(dir, name)).reduce((sum, path) => sum + bytesOf(path), 0);
}

function bytesOf(path: string): number {
  const found = statOf(path);
  if (!found?.isDirectory()) return found?.size ?? 0;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
