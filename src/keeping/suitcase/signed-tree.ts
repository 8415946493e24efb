import { eventLine, type LogReader } from '../../../libs/event-store/index.ts';
import type { Position } from '../../../libs/kernel/index.ts';
import {
  entryText,
  formatProof,
  HASH_BYTES,
  hashesIn,
  leafText,
  proveInclusion,
  type Signer,
  sameHash,
  signCheckpoint,
  TreeBuilder,
} from '../../../libs/transparency/index.ts';
import { ExportRefused } from '../export/export-refused.ts';

/** The tree over the log up to a position, in memory: 64 bytes an event and 8 for its position. */
export class SignedTree {
  readonly checkpoint: string;
  readonly size: number;
  readonly #grown: Grown;

  private constructor(grown: Grown, signer: Signer) {
    this.size = grown.tree.size;
    this.#grown = grown;
    this.checkpoint = signCheckpoint({ size: this.size, root: grown.tree.root() }, signer);
  }

  /**
   * Reads the log up to the position. Throws ExportRefused where it is not what the kept tree was made of: then nothing is
   * signed.
   */
  static async over(
    log: Pick<LogReader, 'readAll'>,
    {
      until,
      signer,
      kept,
      signal,
    }: {
      readonly until: Position;
      readonly signer: Signer;
      readonly kept: { readonly size: number; readonly root: Uint8Array } | null;
      readonly signal: AbortSignal;
    },
  ): Promise<SignedTree> {
    const grown = new Grown();
    if (until > 0n) {
      for await (const event of log.readAll()) {
        if (event.position > until) break;
        grown.add(eventLine(event), event.position);
        if (grown.tree.size === kept?.size && !sameHash(kept.root, grown.tree.root())) throw new ExportRefused(OTHER);
        signal.throwIfAborted();
      }
    }
    if (kept !== null && kept.size > grown.tree.size) throw new ExportRefused(SHORTER);
    return new SignedTree(grown, signer);
  }

  /** The receipt of the event with this line, without the checkpoint that it ends with; null where the tree does not have it. */
  receipt(position: Position, line: string): string | null {
    const index = this.#indexOf(position);
    if (index === null) return null;
    const hashes = proveInclusion(index, this.size, (indexes) => indexes.map((at) => this.#grown.hash(at)));
    return formatProof({ extra: Buffer.from(line), index, hashes, checkpoint: '' });
  }

  /** On a log server positions have gaps. */
  #indexOf(position: Position): number | null {
    let [from, to] = [0, this.size - 1];
    while (from <= to) {
      const middle = (from + to) >> 1;
      const found = this.#grown.position(middle);
      if (found === position) return middle;
      if (found < position) from = middle + 1;
      else to = middle - 1;
    }
    return null;
  }
}

const SHORTER = 'nothing was packed: run `colloquy verify`, since the log has fewer events than its tree';
const OTHER = 'nothing was packed: run `colloquy verify`, since the log is not what its tree was made of';
/** Hashes, or positions, in one block. */
const BLOCK_BITS = 15;
const BLOCK = 2 ** BLOCK_BITS;
const MASK = BLOCK - 1;

/** The hashes and positions so far, in blocks that stay where they are: growing copies nothing, and no room is kept for as many again. */
class Grown {
  readonly tree = new TreeBuilder();
  readonly #hashes: Buffer[] = [];
  readonly #positions: BigUint64Array[] = [];
  #written = 0;

  add(line: string, position: Position): void {
    const index = this.tree.size;
    if ((index & MASK) === 0) this.#positions.push(new BigUint64Array(BLOCK));
    const positions = this.#positions.at(-1);
    if (positions) positions[index & MASK] = position;
    for (const hash of hashesIn(this.tree.add(leafText(entryText(line))))) this.#keep(hash);
  }

  hash(at: number): Uint8Array {
    const start = (at & MASK) * HASH_BYTES;
    return (this.#hashes[at >>> BLOCK_BITS] ?? Buffer.alloc(0)).subarray(start, start + HASH_BYTES);
  }

  position(index: number): Position {
    return this.#positions[index >>> BLOCK_BITS]?.[index & MASK] ?? 0n;
  }

  #keep(hash: Uint8Array): void {
    if ((this.#written & MASK) === 0) this.#hashes.push(Buffer.alloc(BLOCK * HASH_BYTES));
    this.#hashes.at(-1)?.set(hash, (this.#written & MASK) * HASH_BYTES);
    this.#written += 1;
  }
}
