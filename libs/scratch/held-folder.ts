import { existsSync, lstatSync, mkdirSync, readdirSync, type Stats } from 'node:fs';
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
      const isUnheld = isMade(path) || isEmptyFolder(path);
      const taken = isUnheld ? HeldFolder.#hold(path, false) : await HeldFolder.takeOver(path);
      if (taken !== 'gone') return taken;
    }
    return 'held';
  }

  /**
   * What an ended process left, empty; `gone` where its process took it away just now. A link is foreign, wherever it leads to.
   * Throws the system's error.
   */
  static async takeOver(path: string): Promise<HeldFolder | NotFree | 'gone'> {
    const found = entry(path);
    if (found === undefined) return 'gone';
    if (!found.isDirectory() || !entry(join(path, HOLD))?.isFile()) return 'foreign';
    const taken = HeldFolder.#hold(path, true);
    if (taken instanceof HeldFolder) await empty(path);
    return taken;
  }

  static #hold(path: string, isThere: boolean): HeldFolder | 'held' | 'gone' {
    const letGo = hold(path, isThere);
    if (letGo === null) return entry(path) === undefined ? 'gone' : 'held';
    // Who had it may have deleted it before letting go: then the lock is one on nothing.
    if (letGo !== 'gone' && entry(join(path, HOLD)) !== undefined) return new HeldFolder(path, letGo);
    if (letGo !== 'gone') letGo();
    return 'gone';
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

function isEmptyFolder(path: string): boolean {
  return entry(path)?.isDirectory() === true && readdirSync(path).length === 0;
}

/** Gives what lets go; null where another process holds it. */
function hold(path: string, isThere: boolean): (() => void) | null | 'gone' {
  let db: Database.Database;
  try {
    db = new Database(join(path, HOLD), { timeout: SAME_MOMENT, fileMustExist: isThere });
  } catch (error) {
    if (entry(isThere ? join(path, HOLD) : path) === undefined) return 'gone';
    throw error;
  }
  try {
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
    return () => db.close();
  } catch (error) {
    db.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) return null;
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
