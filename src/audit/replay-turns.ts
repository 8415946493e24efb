import type { LogProgress } from '../../libs/client/index.ts';
import { DomainError, formatPosition } from '../../libs/kernel/index.ts';
import type { ReplayWish, Underway } from '../acts/auditing/replaying.ts';
import type { WorkProgress } from './work.ts';
import type { WorkOptions } from './workbench.ts';

type Begin<Result> = (options: Pick<WorkOptions, 'onProgress' | 'signal'>) => Promise<Result>;

/**
 * One long work at a time. What somebody asks for waits for the end of what the forum does by itself, which begins nothing
 * meanwhile; there is one seat to wait.
 */
export class ReplayTurns {
  #asked: Underway | null = null;
  /** Fulfilled at the end of the forum's own work, whatever came of it. */
  #own: Promise<void> | null = null;

  /** What somebody asked for, also while it waits. */
  underway(): Underway | null {
    return this.#asked;
  }

  /** Throws DomainError conflict, and the signal's reason when it aborts while its work waits. */
  take<Result>(what: Omit<Underway, 'progress'>, wish: ReplayWish, begin: Begin<Result>): Promise<Result> {
    return wish.own === true ? this.#takeOwn(wish, begin) : this.#takeAsked(what, wish, begin);
  }

  async #takeOwn<Result>({ onProgress, signal }: ReplayWish, begin: Begin<Result>): Promise<Result> {
    if (this.#asked !== null || this.#own !== null) throw busy();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#own = promise;
    const tell = (progress: WorkProgress): void => onProgress?.(progressOf(progress));
    try {
      return await begin({ onProgress: tell, ...(signal && { signal }) });
    } finally {
      this.#own = null;
      resolve();
    }
  }

  async #takeAsked<Result>(
    what: Omit<Underway, 'progress'>,
    { onProgress, signal }: ReplayWish,
    begin: Begin<Result>,
  ): Promise<Result> {
    if (this.#asked !== null) throw busy();
    this.#asked = { ...what, progress: null };
    const tell = (progress: WorkProgress): void => {
      const told = progressOf(progress);
      this.#asked = { ...what, progress: told };
      onProgress?.(told);
    };
    try {
      if (this.#own !== null) await Promise.race([this.#own, ...(signal ? [aborted(signal)] : [])]);
      return await begin({ onProgress: tell, ...(signal && { signal }) });
    } finally {
      this.#asked = null;
    }
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function busy(): DomainError {
  return new DomainError('conflict', 'Another verification or replay is under way; try again when it is over.', [], 10);
}

function progressOf({ position, until, events, eventsPerSecond }: WorkProgress): LogProgress {
  return {
    position: formatPosition(position),
    until: formatPosition(until),
    events,
    eventsPerSecond: Math.round(eventsPerSecond),
  };
}
