import { Worker } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import type { DiffPart } from '../client/shapes.ts';
import { wholeDiff } from './word-diff.ts';

export interface Comparing {
  readonly id: number;
  readonly before: string;
  readonly after: string;
}

export interface Compared {
  readonly id: number;
  readonly parts: readonly DiffPart[];
}

interface Waiting extends Comparing {
  readonly resolve: (parts: readonly DiffPart[]) => void;
}

const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? './text-diff.worker.ts' : './text-diff.worker.js',
  import.meta.url,
);
/** Bytes of differences that are kept. */
const MOST_BYTES = 16 * 1024 * 1024;
const BYTES_OF_A_PART = 64;
/** Comparisons that wait for the thread at most: what comes then is shown whole, and compared when it is asked for again. */
const MOST_WAITING = 200;

/**
 * Texts compared by words, in one thread of its own, so that no comparison holds up anything else. Texts that never change are
 * compared once: a difference is kept under the key of the two. Never throws: what cannot be compared is told whole.
 */
export class TextDiffs {
  readonly #kept: LRUCache<string, readonly DiffPart[]>;
  readonly #mostWaiting: number;
  readonly #underWay = new Map<string, Promise<readonly DiffPart[]>>();
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | null = null;
  #asked = 0;

  constructor({ mostBytes = MOST_BYTES, mostWaiting = MOST_WAITING } = {}) {
    this.#kept = new LRUCache({ maxSize: mostBytes, sizeCalculation: bytesOf });
    this.#mostWaiting = mostWaiting;
  }

  /** `key` names the two texts for ever. */
  of(key: string, before: string, after: string): Promise<readonly DiffPart[]> {
    const kept = this.#kept.get(key);
    if (kept) return Promise.resolve(kept);
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) return underWay;
    if (this.#waiting.size >= this.#mostWaiting) return Promise.resolve(wholeDiff(before, after));
    const comparing = this.#compare(before, after).then((parts) => {
      this.#underWay.delete(key);
      this.#kept.set(key, parts);
      return parts;
    });
    this.#underWay.set(key, comparing);
    return comparing;
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #compare(before: string, after: string): Promise<readonly DiffPart[]> {
    const id = (this.#asked += 1);
    return new Promise((resolve) => {
      this.#waiting.set(id, { id, before, after, resolve });
      this.#thread ??= this.#start();
      this.#thread.postMessage({ id, before, after } satisfies Comparing);
    });
  }

  #start(): Worker {
    const thread = new Worker(PROGRAM, { execArgv: [], name: 'text-diff' });
    thread.on('message', ({ id, parts }: Compared) => this.#answer(id, parts));
    thread.on('error', () => undefined);
    thread.once('exit', () => this.#giveUp(thread));
    thread.unref();
    return thread;
  }

  #answer(id: number, parts: readonly DiffPart[]): void {
    this.#waiting.get(id)?.resolve(parts);
    this.#waiting.delete(id);
  }

  /** The next comparison starts another thread. */
  #giveUp(thread: Worker): void {
    if (this.#thread === thread) this.#thread = null;
    for (const { id, before, after } of this.#waiting.values()) this.#answer(id, wholeDiff(before, after));
  }
}

function bytesOf(parts: readonly DiffPart[]): number {
  return parts.reduce((bytes, { text }) => bytes + BYTES_OF_A_PART + 2 * text.length, BYTES_OF_A_PART);
}
