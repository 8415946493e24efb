import { randomBytes } from 'node:crypto';

/** Places for streams before the table first grows: 1 MiB. */
const FIRST_SIZE = 65_536;

/**
 * The newest revision of each stream, in sixteen bytes a stream. Streams are distinguished by 64 bits of a hash with a
 * random key: two of ten million streams share them once in 400,000 runs, and nobody can choose such names.
 */
export class RevisionTable {
  readonly #key = new Uint32Array(randomBytes(8).buffer.slice(0, 8));
  #hashes = new Uint32Array(2 * FIRST_SIZE);
  /** One more than the revision; 0 where there is no stream. */
  #next = new Float64Array(FIRST_SIZE);
  #count = 0;
  /** The hash of the stream that was asked for last: two fields cost less than a pair. */
  #low = 0;
  #high = 0;

  /** The revision that the stream's next event must have, and `revision` put in its place. */
  advance(stream: string, revision: number): number {
    if (this.#count * 2 > this.#next.length) this.#grow();
    this.#hash(stream);
    const low = this.#low;
    const high = this.#high;
    const slot = this.#slot(low, high);
    const expected = this.#next[slot] ?? 0;
    if (expected === 0) {
      this.#count += 1;
      this.#hashes[2 * slot] = low;
      this.#hashes[2 * slot + 1] = high;
    }
    this.#next[slot] = revision + 1;
    return expected;
  }

  #hash(stream: string): void {
    let low = this.#key[0] ?? 0;
    let high = this.#key[1] ?? 0;
    for (let at = 0; at < stream.length; at += 1) {
      const char = stream.charCodeAt(at);
      low = Math.imul(low ^ char, 0x01000193);
      low ^= low >>> 15;
      high = Math.imul(high ^ char, 0x85ebca6b);
      high ^= high >>> 13;
    }
    this.#low = low >>> 0;
    this.#high = high >>> 0;
  }

  /** Where the stream stands, or the free place where it goes. */
  #slot(low: number, high: number): number {
    const mask = this.#next.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      if (this.#next[slot] === 0 || (this.#hashes[2 * slot] === low && this.#hashes[2 * slot + 1] === high))
        return slot;
    }
  }

  #grow(): void {
    const [hashes, next] = [this.#hashes, this.#next];
    this.#hashes = new Uint32Array(hashes.length * 2);
    this.#next = new Float64Array(next.length * 2);
    for (let from = 0; from < next.length; from += 1) {
      const value = next[from] ?? 0;
      if (value === 0) continue;
      const [low, high] = [hashes[2 * from] ?? 0, hashes[2 * from + 1] ?? 0];
      const slot = this.#slot(low, high);
      this.#hashes[2 * slot] = low;
      this.#hashes[2 * slot + 1] = high;
      this.#next[slot] = value;
    }
  }
}
