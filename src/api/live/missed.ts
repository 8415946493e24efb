import { MOST_CATCH_UP_BYTES, MOST_CHANGES_ON_JOIN, type ThreadChange } from '../../../libs/client/index.ts';
import type { NextChanges } from './thread-room.ts';

/**
 * The changes that a reader has missed of a thread, read in steps. When they are too many, there are none and `reload`
 * is set.
 */
export class Missed {
  #changes: ThreadChange[] = [];
  #bytes = 0;
  #reload = false;

  get changes(): readonly ThreadChange[] {
    return this.#changes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get reload(): boolean {
    return this.#reload;
  }

  add({ changes, bytes, reload }: Pick<NextChanges, 'changes' | 'bytes' | 'reload'>): void {
    if (this.#reload) return;
    for (const change of changes) this.#changes.push(change);
    this.#bytes += bytes;
    if (reload || this.#changes.length > MOST_CHANGES_ON_JOIN || this.#bytes > MOST_CATCH_UP_BYTES) this.giveUp();
  }

  /** Sends nothing of it: the reader reads the thread anew. */
  giveUp(): void {
    this.#changes = [];
    this.#bytes = 0;
    this.#reload = true;
  }
}
