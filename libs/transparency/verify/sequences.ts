import type { LinePlace } from './line-form.ts';
import { RevisionTable } from './revision-table.ts';

/** The fault in the lines' own numbers, at the first line that does not continue them. */
export interface BrokenSequence {
  readonly kind: 'dropped' | 'inserted' | 'reordered';
  /** Of the line, from 0. */
  readonly index: number;
  readonly position: string;
  readonly evidence: string;
}

/**
 * Follows positions and revisions from line to line. A log that counts has no gap in its positions; in others they only
 * rise. In each stream the revisions go 0, 1, 2, …
 */
export class Sequences {
  readonly #revisions = new RevisionTable();
  #index = 0;
  #first = 0n;
  #last = 0n;
  /** Null until the second line tells. */
  #counts: boolean | null = null;
  /** The position that a counting log goes on with; NaN where it does not count, or anything is broken. */
  #next = Number.NaN;
  #broken: BrokenSequence | null = null;
  /** The expected position at the first fault; when it is found later, its event was only moved. */
  #missing: bigint | null = null;

  get broken(): BrokenSequence | null {
    return this.#broken;
  }

  /** Reads only as far as the first fault, since later numbers depend on it. */
  take({ position, revision, stream }: LinePlace): void {
    if (Number(position) === this.#next) this.#next += 1;
    else this.#takePosition(BigInt(position));
    if (this.#broken === null) this.#takeRevision(stream, Number(revision), position);
    this.#index += 1;
  }

  #takePosition(position: bigint): void {
    if (!Number.isNaN(this.#next)) this.#last = BigInt(this.#next - 1);
    if (this.#index === 0) this.#first = position;
    else if (this.#broken === null) this.#follow(position);
    else if (position === this.#missing && this.#broken.kind === 'dropped') {
      const evidence = `position ${position} stands after greater ones`;
      this.#broken = { ...this.#broken, kind: 'reordered', evidence };
    }
    this.#last = position;
    if (position === 1n && this.#index === 0) this.#counts = true;
    const goesOn = this.#counts === true && this.#broken === null && position < Number.MAX_SAFE_INTEGER;
    this.#next = goesOn ? Number(position) + 1 : Number.NaN;
  }

  #follow(position: bigint): void {
    this.#counts ??= this.#isCounted(position);
    if (position === this.#last) {
      this.#break('inserted', `${position}`, `position ${position} is there twice`);
    } else if (position < this.#last) {
      this.#break('reordered', `${position}`, `position ${position} stands after position ${this.#last}`);
    } else if (this.#counts && position !== this.#last + 1n) {
      this.#gap(this.#last + 1n, position);
    }
  }

  /**
   * The second line tells: a log that continues by one counts, and then it has lost everything before its first line.
   */
  #isCounted(second: bigint): boolean {
    const counts = second === this.#last + 1n;
    if (counts && this.#first > 1n) {
      this.#index = 0;
      this.#gap(1n, this.#first);
      this.#index = 1;
    }
    return counts;
  }

  #gap(from: bigint, to: bigint): void {
    this.#missing = from;
    const what = to - from === 1n ? `position ${from} is` : `positions ${from} to ${to - 1n} are`;
    this.#break('dropped', `${from}`, `${what} missing, though this log counts without gaps`);
  }

  #takeRevision(stream: string, revision: number, position: string): void {
    const expected = this.#revisions.advance(stream, revision);
    if (revision === expected) return;
    this.#next = Number.NaN;
    this.#last = BigInt(position);
    const place = `the stream ${stream} has revision ${revision} where ${expected} must stand`;
    if (revision > expected) this.#break('dropped', position, `${place}: an event of it before this one is missing`);
    else this.#break('inserted', position, `${place}: this revision was there before`);
  }

  #break(kind: BrokenSequence['kind'], position: string, evidence: string): void {
    this.#broken ??= { kind, index: this.#index, position, evidence };
  }
}
