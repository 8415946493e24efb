import { randomUUID } from 'node:crypto';
import { rmSync, statfsSync, statSync } from 'node:fs';
import type { ScratchArea } from '../../libs/client/index.ts';
import { DomainError } from '../../libs/kernel/index.ts';
import { openReplayed } from '../../libs/projections/index.ts';
import type { ScratchFiles } from '../views/scratch/scratch.query-types.ts';
import type { WorkResults } from './work.ts';

/** Areas at once; a new one takes the place of none. */
const MOST = 3;
/** How long an area stays after it was last read, in milliseconds. */
const KEPT_MS = 30 * 60_000;
/** Free bytes of the disk that an area must leave, beside its own. */
const LEFT_FREE = 512 * 1024 * 1024;

interface Kept {
  area: ScratchArea;
  readonly dir: string;
  readonly files: ScratchFiles;
  timer: NodeJS.Timeout;
}

/** The scratch areas: files of views as they stood, deleted when nobody reads them any more. */
export class Scratches {
  readonly #kept = new Map<string, Kept>();

  list(): readonly ScratchArea[] {
    return [...this.#kept.values()].map(({ area }) => area);
  }

  /**
   * Throws DomainError conflict when there are as many as allowed, or the disk has no room for another copy of `live`.
   */
  requireRoom(dir: string, live: readonly string[]): void {
    if (this.#kept.size >= MOST) {
      throw new DomainError('conflict', `There are ${MOST} scratch areas; delete one, or wait until one is over.`);
    }
    const { bavail, bsize } = statfsSync(dir);
    const needed = live.reduce((sum, file) => sum + statSync(file).size, 0);
    if (bavail * bsize < needed + LEFT_FREE) {
      throw new DomainError('conflict', 'The disk has no room for a scratch area.');
    }
  }

  keep({ position, at, by, files }: WorkResults['replay'], dir: string, madeBy: string): ScratchArea {
    const [thread, postList] = [files['thread'], files['post-list']];
    if (thread === undefined || postList === undefined) throw new Error('a replay gave no files');
    const now = Date.now();
    const area = {
      id: randomUUID(),
      position: `${position}`,
      by,
      at,
      madeBy,
      madeAt: new Date(now).toISOString(),
      until: new Date(now + KEPT_MS).toISOString(),
    };
    const open = { thread: openReplayed(thread), postList: openReplayed(postList), now: at ? Date.parse(at) : now };
    this.#kept.set(area.id, { area, dir, files: open, timer: this.#expiry(area.id) });
    return area;
  }

  /** Reading it keeps it. Throws DomainError not_found. */
  read(id: string): { readonly area: ScratchArea; readonly files: ScratchFiles } {
    const kept = this.#kept.get(id);
    if (!kept) throw new DomainError('not_found', 'This scratch area is gone; replay once more.');
    clearTimeout(kept.timer);
    kept.timer = this.#expiry(id);
    kept.area = { ...kept.area, until: new Date(Date.now() + KEPT_MS).toISOString() };
    return kept;
  }

  drop(id: string): void {
    const kept = this.#kept.get(id);
    if (!kept) return;
    clearTimeout(kept.timer);
    this.#kept.delete(id);
    kept.files.thread.close();
    kept.files.postList.close();
    rmSync(kept.dir, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    for (const id of [...this.#kept.keys()]) this.drop(id);
  }

  #expiry(id: string): NodeJS.Timeout {
    return setTimeout(() => this.drop(id), KEPT_MS).unref();
  }
}
