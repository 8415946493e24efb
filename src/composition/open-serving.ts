import { existsSync, rmSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isLogServer, StoreUnavailable } from '../../libs/event-store/index.ts';
import type { Config } from '../config.ts';
import { probeDisk, roomOn, type TakesNoWrites, takesNoWrites } from './disk-probe.ts';
import type { Forum } from './forum.ts';
import { openForum } from './open-forum.ts';
import { logFile, vaultFile } from './open-log.ts';
import { copyForReading, removeLeftCopies } from './reading-copy.ts';
import { refuseUnfinished } from './refuse-unfinished.ts';
import { AlreadyServed, lockForServing } from './serve-lock.ts';
import { viewsDir } from './views-dir.ts';

/** How often a forum that is open for reading checks whether its disk takes writes again, in milliseconds. */
const LOOK_MS = 2_000;
/** The room that a start needs besides the contents of the write-ahead logs, in bytes. */
const START_BYTES = 1_048_576;
/** On other systems two servers of one process cannot share a port, so the first one ends before the second begins. */
const SHARES_PORT = process.platform === 'linux';

const WORDS: Readonly<Record<TakesNoWrites, { readonly what: string; readonly todo: string }>> = {
  full: { what: 'has no room', todo: 'make room there' },
  'read-only': { what: 'is mounted for reading alone', todo: 'mount it for writing' },
};

/** A forum that serves as much as its disk allows. */
export type Serving = Pick<Forum, 'url' | 'founderCode' | 'failed' | 'close'>;

/**
 * Opens the forum. On a disk that is full or read-only, it opens a copy elsewhere for reading, until the disk takes
 * writes. Throws like `openForum`, and StoreUnavailable where there is nothing to read or no place has room for the
 * copy.
 */
export async function openServing(config: Config): Promise<Serving> {
  removeLeftCopies(config.dataDir);
  const why = takesNoWrites(probeDisk(config.dataDir));
  if (why !== null) return openReading(config, why);
  try {
    return await openForum(config);
  } catch (error) {
    const found = takesNoWrites(error);
    if (found === null) throw error;
    return openReading(config, found);
  }
}

async function openReading(config: Config, why: TakesNoWrites): Promise<Serving> {
  refuseUnfinished(config);
  refuseEmpty(config, why);
  const unlock = lockWhereItCan(config.dataDir);
  let copy: string | undefined;
  try {
    copy = copyForReading(config.dataDir);
    const reading = refusalOf(config.dataDir, why);
    const forum = await openForum({ ...config, dataDir: copy }, { reading, sharesPort: SHARES_PORT });
    return new ServingForReading(config, { forum, copy, unlock });
  } catch (error) {
    unlock();
    if (copy !== undefined) rmSync(copy, { recursive: true, force: true });
    throw error;
  }
}

/** A node of a log on a server can only be read from views that it has. Throws StoreUnavailable. */
function refuseEmpty(config: Config, why: TakesNoWrites): void {
  const read = isLogServer(config.eventStoreUrl) ? viewsDir(config) : logFile(config);
  if (existsSync(read)) return;
  const { what, todo } = WORDS[why];
  throw new StoreUnavailable('disk-full', `${config.dataDir} ${what}, and there is no forum in it to read; ${todo}`);
}

function refusalOf(dataDir: string, why: TakesNoWrites): StoreUnavailable {
  const { what, todo } = WORDS[why];
  const goesOn = 'the forum looks every two seconds, and takes up writing by itself';
  return new StoreUnavailable(
    'read-only',
    `${dataDir} ${what}; the forum is open for reading alone, from a copy of it; ${todo}: ${goesOn}`,
  );
}

/** A read-only disk takes no lock, and serving from a copy disturbs nobody. Throws AlreadyServed. */
function lockWhereItCan(dataDir: string): () => void {
  try {
    return lockForServing(dataDir);
  } catch (error) {
    if (error instanceof AlreadyServed) throw error;
    return () => undefined;
  }
}

interface ReadingParts {
  readonly forum: Forum;
  readonly copy: string;
  readonly unlock: () => void;
}

/** Serves the copy, watches the disk, and puts the forum itself in the copy's place when possible. */
class ServingForReading implements Serving {
  readonly url: string;
  /** Nobody can become a member of a forum that is open for reading alone. */
  readonly founderCode = null;
  readonly failed: Promise<StoreUnavailable>;
  readonly #config: Config;
  readonly #reading: ReadingParts;
  readonly #ending = new AbortController();
  readonly #looking: Promise<Forum | null>;
  readonly #fail: (fault: StoreUnavailable) => void;
  #unlock: () => void;

  constructor(config: Config, reading: ReadingParts) {
    const { forum } = reading;
    const { promise, resolve } = Promise.withResolvers<StoreUnavailable>();
    this.url = forum.url;
    this.failed = promise;
    this.#fail = resolve;
    this.#config = { ...config, port: forum.port };
    this.#reading = reading;
    this.#unlock = reading.unlock;
    void forum.failed.then(resolve);
    this.#looking = this.#look();
  }

  async close(): Promise<void> {
    this.#ending.abort();
    const taken = await this.#looking;
    await (taken === null ? this.#endReading() : taken.close());
  }

  /** Resolves with the forum that writes, or with null when it ends before or cannot continue. */
  async #look(): Promise<Forum | null> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      await pause(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted || !hasRoomToStart(this.#config)) continue;
      try {
        const forum = await this.#takeUp();
        if (forum !== null) return forum;
      } catch (error) {
        this.#fail(error instanceof StoreUnavailable ? error : new StoreUnavailable('io', messageOf(error)));
        return null;
      }
    }
    return null;
  }

  /** Null when there was no room after all. */
  async #takeUp(): Promise<Forum | null> {
    if (!SHARES_PORT) await this.#reading.forum.close();
    this.#unlock();
    try {
      const forum = await openForum(this.#config, { sharesPort: SHARES_PORT });
      void forum.failed.then(this.#fail);
      await this.#endReading();
      return forum;
    } catch (error) {
      if (takesNoWrites(error) === null || !SHARES_PORT) throw error;
      this.#unlock = lockWhereItCan(this.#config.dataDir);
      return null;
    }
  }

  async #endReading(): Promise<void> {
    await this.#reading.forum.close();
    this.#unlock();
    rmSync(this.#reading.copy, { recursive: true, force: true });
  }
}

/** The contents of the write-ahead logs are written once more, and moved. */
function hasRoomToStart(config: Config): boolean {
  const files = [logFile(config), vaultFile(config)].map((file) => `${file}-wal`);
  const waiting = files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  return roomOn(config.dataDir) >= 2 * waiting + START_BYTES && probeDisk(config.dataDir) === null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
