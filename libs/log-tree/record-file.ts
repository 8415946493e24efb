import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { LRUCache } from 'lru-cache';

/** Records are read in pages of this size; full pages never change and are kept: about 2 MiB of each file. */
const PAGE = 128;
const PAGES_KEPT = 512;

/** The error for a record that a file of the tree does not have. */
export class NoRecord extends RangeError {
  override readonly name = 'NoRecord';

  constructor(index: number) {
    super(`there is no record ${index}`);
  }
}

/** A file of records of one length, which only grows. */
export class RecordFile {
  readonly #file: number;
  readonly #bytes: number;
  readonly #pages = new LRUCache<number, Buffer>({ max: PAGES_KEPT });

  constructor(file: string, bytes: number) {
    this.#file = openSync(file, 'r');
    this.#bytes = bytes;
  }

  whole(): number {
    return Math.floor(fstatSync(this.#file).size / this.#bytes);
  }

  /** Throws NoRecord behind the end. */
  at(index: number): Buffer {
    const start = (index % PAGE) * this.#bytes;
    const record = this.#page(Math.floor(index / PAGE)).subarray(start, start + this.#bytes);
    if (record.length !== this.#bytes) throw new NoRecord(index);
    return record;
  }

  /** At most so many; fewer at the end. */
  range(from: number, count: number): readonly Buffer[] {
    const bytes = readAt(this.#file, from * this.#bytes, count * this.#bytes);
    return Array.from({ length: Math.floor(bytes.length / this.#bytes) }, (_, at) =>
      bytes.subarray(at * this.#bytes, (at + 1) * this.#bytes),
    );
  }

  close(): void {
    closeSync(this.#file);
  }

  #page(n: number): Buffer {
    const known = this.#pages.get(n);
    if (known !== undefined) return known;
    const length = PAGE * this.#bytes;
    const page = readAt(this.#file, n * length, length);
    if (page.length === length) this.#pages.set(n, page);
    return page;
  }
}

/** So many bytes from a place in a file; fewer at its end. Not of the shared pool, since pages are kept. */
function readAt(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  let got = 0;
  while (got < length) {
    const read = readSync(file, bytes, got, length - got, from + got);
    if (read === 0) break;
    got += read;
  }
  return bytes.subarray(0, got);
}
