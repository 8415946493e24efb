import type { LinePlace } from './line-form.ts';
import { RevisionTable } from './revision-table.ts';

/** What the numbers in the lines themselves show, at the first line where they do not go on as they must. */
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
  #last = 0n;
  /** Null until the second line tells. */
  #counts: boolean | null = null;
  #broken: BrokenSequence | null = null;
  /** The position that was expected where the first fault is: found later, it was only moved. */
  #missing: bigint | null = null;

  get broken(): BrokenSequence | null {
    return this.#broken;
  }

  /** Only as far as the first fault: what follows it cannot be told from it. */
  take({ position: text, revision, stream }: LinePlace): void {
    const position = BigInt(text);
    if (this.#broken === null) {
      this.#takePosition(position);
      this.#takeRevision(stream, Number(revision), position);
    } else if (position === this.#missing && this.#broken.kind === 'dropped') {
      const evidence = `position ${position} stands after greater ones`;
      this.#broken = { ...this.#broken, kind: 'reordered', evidence };
    }
    this.#last = position;
    this.#index += 1;
  }

  #takePosition(position: bigint): void {
    if (this.#index === 0) this.#counts = position === 1n ? true : null;
    else this.#counts ??= position === this.#last + 1n;
    if (position === this.#last) {
      this.#break('inserted', position, `position ${position} is there twice`);
    } else if (position < this.#last) {
      this.#break('reordered', position, `position ${position} stands after position ${this.#last}`);
    } else if (this.#counts === true && position !== this.#last + 1n && this.#index > 0) {
      this.#missing = this.#last + 1n;
      const gap = position - this.#missing === 1n ? `position ${this.#missing} is` : this.#gapTo(position);
      this.#break('dropped', this.#missing, `${gap} missing, though this log counts without gaps`);
    }
  }

  #gapTo(position: bigint): string {
    return `positions ${this.#missing} to ${position - 1n} are`;
  }

  #takeRevision(stream: string, revision: number, position: bigint): void {
    const expected = this.#revisions.advance(stream, revision);
    if (revision === expected || this.#broken !== null) return;
    const place = `the stream ${stream} has revision ${revision} where ${expected} must stand`;
    if (revision > expected) this.#break('dropped', position, `${place}: an event of it before this one is missing`);
    else this.#break('inserted', position, `${place}: this revision was there before`);
  }

  #break(kind: BrokenSequence['kind'], position: bigint, evidence: string): void {
    this.#broken ??= { kind, index: this.#index, position: `${position}`, evidence };
  }
}
