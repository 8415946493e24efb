import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { codeOf } from '../kernel/index.ts';

/** The file by which a folder is held: locked while its process runs, on whatever machine or in whatever container that is. */
const HOLD = 'held.db';
/** What is under way is its owner's alone. */
const PRIVATE = 0o700;

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
    for (;;) {
      try {
        mkdirSync(path, { mode: PRIVATE });
        const letGo = hold(path, false);
        return letGo === null ? 'held' : new HeldFolder(path, letGo);
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
      const taken = await HeldFolder.takeOver(path);
      if (taken !== 'gone') return taken;
    }
  }

  /** What an ended process left, empty; `gone` where its process took it away just now. Throws the system's error. */
  static async takeOver(path: string): Promise<HeldFolder | NotFree | 'gone'> {
    if (!existsSync(path)) return 'gone';
    if (!existsSync(join(path, HOLD))) return 'foreign';
    const letGo = hold(path, true);
    if (letGo === null) return existsSync(path) ? 'held' : 'gone';
    // Who had it may have deleted it before letting go: then the lock is one on nothing.
    if (!existsSync(join(path, HOLD))) {
      letGo();
      return 'gone';
    }
    await empty(path);
    return new HeldFolder(path, letGo);
  }

  /** Deletes it with all that is in it. */
  async drop(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    this.#letGo();
  }
}

/** Gives what lets go; null where another process holds it. */
function hold(path: string, isThere: boolean): (() => void) | null {
  const db = new Database(join(path, HOLD), { timeout: 0, fileMustExist: isThere });
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
  for (const name of readdirSync(path))
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
