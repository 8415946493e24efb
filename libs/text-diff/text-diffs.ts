import { LRUCache } from 'lru-cache';
import { AnsweringThread } from '../answering-thread/index.ts';
import type { DiffPart } from '../client/shapes.ts';
import { programBeside } from '../kernel/index.ts';
import { apart } from './line-diff.ts';
import { wholeDiff } from './word-diff.ts';

/** A question to the thread. */
export interface TextPair {
  readonly before: string;
  readonly after: string;
  /** Compared by words where it is not told. */
  readonly by?: 'lines';
}

/** Bytes of differences that are kept. */
const MOST_BYTES = 16 * 1024 * 1024;
const BYTES_OF_A_PART = 64;
/** The most waiting comparisons; a further one is shown as two whole texts, and compared at the next request. */
const MOST_WAITING = 200;

/**
 * Texts compared by words, in one thread of its own, so that no comparison holds up anything else. Texts that never
 * change are compared once: the difference is kept under the key of the two. Never throws: a failed comparison gives
 * both texts whole.
 */
export class TextDiffs {
  readonly #kept: LRUCache<string, readonly DiffPart[]>;
  readonly #mostWaiting: number;
  readonly #underWay = new Map<string, Promise<readonly DiffPart[]>>();
  readonly #thread = new AnsweringThread<TextPair, readonly DiffPart[]>({
    program: programBeside(import.meta.url, 'text-diff.worker'),
    name: 'text-diff',
    instead: ({ before, after, by }) => (by === 'lines' ? apart(before, after) : wholeDiff(before, after)),
  });

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
    if (this.#thread.waiting >= this.#mostWaiting) return Promise.resolve(wholeDiff(before, after));
    const comparing = this.#thread.ask({ before, after }).then((parts) => {
      this.#underWay.delete(key);
      this.#kept.set(key, parts);
      return parts;
    });
    this.#underWay.set(key, comparing);
    return comparing;
  }

  /** One text with every line of both, those that they share once, in the same thread; nothing is kept. */
  async join(one: string, other: string): Promise<string> {
    const pair: TextPair = { before: one, after: other, by: 'lines' };
    const parts = await (this.#thread.waiting >= this.#mostWaiting ? apart(one, other) : this.#thread.ask(pair));
    return parts.map(({ text }) => text).join('\n');
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}

function bytesOf(parts: readonly DiffPart[]): number {
  return parts.reduce((bytes, { text }) => bytes + BYTES_OF_A_PART + 2 * text.length, BYTES_OF_A_PART);
}
