import { closeSync, mkdtempSync, openSync, readSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trusted } from '../../../libs/kernel/index.ts';
import { ProcessSeal } from '../../../libs/scratch/index.ts';
import type { WxrComment, WxrComments } from './wxr.ts';

/** Characters of an item's comments that are kept in memory; what comes after them waits in a file. */
const IN_MEMORY = 1024 * 1024;
/** Characters after which a block is whole. */
const BLOCK = 64 * 1024;

/**
 * The comments of one item, in the file's order. Those of a large item wait in a temporary file, so that memory has a
 * bound. Nobody else can read that file: only this process has its key, and its name is removed at once.
 */
export class CommentSpool implements WxrComments {
  readonly #kept: WxrComment[] = [];
  #size = 0;
  #file: SpoolFile | null = null;

  get length(): number {
    return this.#kept.length + (this.#file?.length ?? 0);
  }

  /** `size`: characters of its values. Throws the system's error when the temporary file cannot be written. */
  add(comment: WxrComment, size: number): void {
    this.#size += size;
    if (this.#size <= IN_MEMORY) this.#kept.push(comment);
    else (this.#file ??= new SpoolFile()).add(comment);
  }

  /** Throws RangeError when there is none, and the system's error. */
  at(index: number): WxrComment {
    const comment = this.#kept[index] ?? this.#file?.at(index - this.#kept.length);
    if (comment === undefined) throw new RangeError(`the item has no comment ${index}`);
    return comment;
  }

  *[Symbol.iterator](): Iterator<WxrComment> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index);
  }

  close(): void {
    this.#file?.close();
    this.#file = null;
  }
}

/** Comments in blocks, each of them sealed by itself; the block that was read last is kept. */
class SpoolFile {
  readonly #file: number;
  readonly #seal = new ProcessSeal();
  /** Where each whole block ends in the file, and the comment after its last. */
  readonly #blocks: { readonly end: number; readonly next: number }[] = [];
  /** Those that no block holds yet, as text. */
  #open: string[] = [];
  #openSize = 0;
  #read: { readonly block: number; readonly records: readonly string[] } = { block: -1, records: [] };

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'colloquy-import-'));
    const name = join(folder, 'comments');
    this.#file = openSync(name, 'wx+', 0o600);
    try {
      unlinkSync(name);
      rmdirSync(folder);
    } catch {
      // Where an open file keeps its name, what is left behind opens for nobody.
    }
  }

  get length(): number {
    return (this.#blocks.at(-1)?.next ?? 0) + this.#open.length;
  }

  add({ place, fields }: WxrComment): void {
    const record = JSON.stringify([place.line, place.column, ...fields]);
    this.#open.push(record);
    this.#openSize += record.length;
    if (this.#openSize >= BLOCK) this.#write();
  }

  at(index: number): WxrComment | undefined {
    const block = this.#blockOf(index);
    const first = this.#blocks[block - 1]?.next ?? 0;
    const records = block === this.#blocks.length ? this.#open : this.#recordsOf(block);
    const record = records[index - first];
    return record === undefined ? undefined : commentOf(trusted(JSON.parse(record)));
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(): void {
    const bytes = this.#seal.seal(this.#open.join('\n'));
    const start = this.#blocks.at(-1)?.end ?? 0;
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(this.#file, bytes, written, bytes.length - written, start + written);
    }
    this.#blocks.push({ end: start + bytes.length, next: this.length });
    this.#open = [];
    this.#openSize = 0;
  }

  /** The number of the first block that ends behind it, by halves; that of the open one where none does. */
  #blockOf(index: number): number {
    let [low, high] = [0, this.#blocks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#blocks[middle]?.next ?? 0) > index) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #recordsOf(block: number): readonly string[] {
    if (this.#read.block === block) return this.#read.records;
    const start = this.#blocks[block - 1]?.end ?? 0;
    const bytes = Buffer.allocUnsafe((this.#blocks[block]?.end ?? start) - start);
    for (let read = 0; read < bytes.length; ) {
      const count = readSync(this.#file, bytes, read, bytes.length - read, start + read);
      if (count === 0) throw new RangeError('the temporary file of the import was cut');
      read += count;
    }
    this.#read = { block, records: this.#seal.open(bytes).split('\n') };
    return this.#read.records;
  }
}

/** Trusted: this process wrote it, and its tag was checked. */
function commentOf([line, column, ...fields]: [number, number, ...[string, string][]]): WxrComment {
  return { place: { line, column }, fields: new Map(fields) };
}
