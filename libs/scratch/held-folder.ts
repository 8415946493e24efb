import { existsSync, lstatSync, mkdirSync, readdirSync, type Stats, writeFileSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { codeOf } from '../kernel/index.ts';

/** The file by which a folder is held: locked while its process runs, on whatever machine or in whatever container that is. */
const HOLD = 'held.db';
/** What is under way is its owner's alone. */
const PRIVATE = 0o700;
/** Of two that lock in the same moment one waits for the other's try, in ms: neither would have it otherwise. */
const SAME_MOMENT = 100;
/** How often a folder may go away while it is taken over. */
const MOST_TRIES = 20;

/** Why a folder cannot be taken over: its process runs, or it is none of these folders. */
export type NotFree = 'held' | 'foreign';

/**
 * A folder that belongs to one process while it is filled. However that process ends, the operating system lets the folder go,
 * and the next one may take it over.
 */
export class HeldFolder {
  readonly path: string;
  readonly #letGo: () => void;

  private constructor(path: string, letGo: () => void) {
    this.path = path;
    this.#letGo = letGo;
  }

  /** Makes it, or takes over and empties what an ended process left of it. Throws the system's error. */
  static async make(path: string): Promise<HeldFolder | NotFree> {
    for (let left = MOST_TRIES; left > 0; left -= 1) {
      // Between a folder and what holds it a process may end, and leave it empty.
      if (isMade(path) || isEmptyFolder(path)) addHold(path);
      const taken = await HeldFolder.takeOver(path);
      if (taken !== 'gone') return taken;
    }
    return 'held';
  }

  /**
   * What an ended process left, empty; `gone` where its process took it away just now, or nothing is in it yet. A link is
   * foreign, wherever it leads to. Throws the system's error.
   */
  static async takeOver(path: string): Promise<HeldFolder | NotFree | 'gone'> {
    const found = entry(path);
    if (found === undefined) return 'gone';
    if (!found.isDirectory()) return 'foreign';
    const holds = entry(join(path, HOLD));
    if (holds === undefined) return isEmptyFolder(path) || entry(path) === undefined ? 'gone' : 'foreign';
    if (!holds.isFile()) return 'foreign';
    const letGo = hold(path);
    if (letGo === 'held') return entry(path) === undefined ? 'gone' : 'held';
    if (letGo === 'gone') return 'gone';
    // Who had it may have deleted it before letting go, and another may have made it anew: then the lock is one on nothing.
    if (!isSame(holds, entry(join(path, HOLD)))) {
      letGo();
      return 'gone';
    }
    await empty(path);
    return new HeldFolder(path, letGo);
  }

  /** Deletes it with all that is in it. */
  async drop(): Promise<void> {
    await empty(this.path);
    // From here on it may be the next one's.
    await rm(join(this.path, HOLD), { force: true });
    await rmdir(this.path).catch((error: unknown) => {
      if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
    });
    this.#letGo();
  }
}

/** False where something is there already. */
function isMade(path: string): boolean {
  try {
    mkdirSync(path, { mode: PRIVATE });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  }
}

/** What is there itself, not what a link leads to. */
function entry(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function isSame(before: Stats, now: Stats | undefined): boolean {
  return now?.ino === before.ino && now.birthtimeMs === before.birthtimeMs;
}

function isEmptyFolder(path: string): boolean {
  return entry(path)?.isDirectory() === true && readdirSync(path).length === 0;
}

/** Only ever a new file: to open and close one that this process has locked would let go of it. */
function addHold(path: string): void {
  try {
    writeFileSync(join(path, HOLD), '', { flag: 'wx' });
  } catch (error) {
    if (!['EEXIST', 'ENOENT'].includes(codeOf(error))) throw error;
  }
}

/** Gives what lets go; `held` where another process holds it. */
function hold(path: string): (() => void) | 'held' | 'gone' {
  const file = join(path, HOLD);
  let db: Database.Database;
  try {
    db = new Database(file, { timeout: SAME_MOMENT, fileMustExist: true });
  } catch (error) {
    if (entry(file) === undefined) return 'gone';
    throw error;
  }
  try {
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
    return () => db.close();
  } catch (error) {
    db.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) return 'held';
    throw error;
  }
}

async function empty(path: string): Promise<void> {
  for (const name of existsSync(path) ? readdirSync(path) : [])
    if (!name.startsWith(HOLD)) await rm(join(path, name), { recursive: true, force: true });
}

/** Deletes those folders in a folder whose names begin so and whose processes have ended. */
export async function dropLeft(within: string, prefix: string): Promise<void> {
  const names = existsSync(within) ? readdirSync(within) : [];
  for (const name of names.filter((one) => one.startsWith(prefix))) {
    const left = await HeldFolder.takeOver(join(within, name));
    if (left instanceof HeldFolder) await left.drop();
  }
}
