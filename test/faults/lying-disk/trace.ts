import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What shim.c recorded, in order; `acknowledged` are the ids that the program was told to be on disk by then. */
export type Step =
  | { readonly kind: 'write'; readonly name: string; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'truncate'; readonly name: string; readonly size: number }
  | { readonly kind: 'sync' | 'failed-sync' | 'unlink' | 'create'; readonly name: string }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | { readonly kind: 'acknowledged'; readonly ids: readonly string[] };

const HEAD = 25;

/** What the writing program prints when the disk has failed. */
export const DISK_FAILED = 'the disk has failed';

/** A record that the writing program adds to the trace itself. */
export function acknowledgement(ids: readonly string[]): Buffer {
  const data = Buffer.from(ids.join(' '));
  const head = Buffer.alloc(HEAD);
  head.write('A', 0, 'latin1');
  head.writeBigUInt64LE(BigInt(data.length), 17);
  return Buffer.concat([head, data]);
}

export function stepsIn(trace: Buffer): readonly Step[] {
  const steps: Step[] = [];
  for (let at = 0; at + HEAD <= trace.length; ) {
    const [nameBytes, offset, length] = [1, 9, 17].map((place) => Number(trace.readBigUInt64LE(at + place)));
    if (nameBytes === undefined || offset === undefined || length === undefined) throw new RangeError('a torn record');
    const name = trace.toString('latin1', at + HEAD, at + HEAD + nameBytes);
    const from = at + HEAD + nameBytes;
    steps.push(
      stepOf(trace.toString('latin1', at, at + 1), { name, offset, data: trace.subarray(from, from + length) }),
    );
    at = from + length;
  }
  return steps;
}

function stepOf(kind: string, { name, offset, data }: { name: string; offset: number; data: Buffer }): Step {
  switch (kind) {
    case 'W':
      return { kind: 'write', name, offset, data };
    case 'T':
      return { kind: 'truncate', name, size: offset };
    case 'S':
      return { kind: 'sync', name };
    case 'F':
      return { kind: 'failed-sync', name };
    case 'U':
      return { kind: 'unlink', name };
    case 'C':
      return { kind: 'create', name };
    case 'R':
      return { kind: 'rename', name, to: data.toString('latin1') };
    case 'A':
      return { kind: 'acknowledged', ids: data.toString('latin1').split(' ') };
    default:
      throw new RangeError(`a record of the kind ${kind}`);
  }
}

/** What of the writes that were not synced a power cut leaves: none, all, or those that a number picks. */
export type Left = 'none' | 'all' | number;

/** A file as the disk has it, and what the system still holds of it in memory alone. */
interface DiskFile {
  bytes: Buffer;
  unsynced: Step[];
}

/**
 * The disk, step by step. A sync puts on disk what was written since the last one; a failed sync drops it, as a system may whose
 * disk did not take it. Names are on disk at once: each is followed by a sync of its folder or of the file.
 */
export class Disk {
  readonly #files = new Map<string, DiskFile>();
  readonly #acknowledged = new Set<string>();

  take(step: Step): void {
    if (step.kind === 'acknowledged') {
      for (const id of step.ids) this.#acknowledged.add(id);
      return;
    }
    const file = this.#files.get(step.name) ?? { bytes: Buffer.alloc(0), unsynced: [] };
    this.#files.set(step.name, file);
    switch (step.kind) {
      case 'write':
      case 'truncate':
        file.unsynced.push(step);
        return;
      case 'sync':
        file.bytes = applied(file.bytes, file.unsynced);
        file.unsynced = [];
        return;
      case 'failed-sync':
        file.unsynced = [];
        return;
      case 'create':
        this.#files.set(step.name, { bytes: Buffer.alloc(0), unsynced: [] });
        return;
      case 'unlink':
        this.#files.delete(step.name);
        return;
      case 'rename':
        this.#files.set(step.to, file);
        this.#files.delete(step.name);
        return;
      default:
        step satisfies never;
    }
  }

  /** All that was acknowledged by now. */
  get acknowledged(): readonly string[] {
    return [...this.#acknowledged];
  }

  /** Puts the files into a folder as they are found after a power cut right now. */
  afterCut(dir: string, left: Left): void {
    for (const [name, { bytes, unsynced }] of this.#files) {
      const kept = unsynced.filter((_, at) => left === 'all' || (left !== 'none' && picks(left, at)));
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), applied(bytes, kept));
    }
  }
}

function picks(number: number, at: number): boolean {
  return Math.imul(number * 31 + at + 1, 0x9e3779b1) >>> 31 === 1;
}

/** In new bytes: what a cut leaves must not be in the disk. */
function applied(bytes: Buffer, steps: readonly Step[]): Buffer {
  if (steps.length === 0) return bytes;
  const to = Buffer.alloc(steps.reduce((most, step) => Math.max(most, endOf(step)), bytes.length));
  bytes.copy(to);
  let size = bytes.length;
  for (const step of steps) {
    if (step.kind === 'truncate') {
      to.fill(0, Math.min(step.size, size), size);
      size = step.size;
    }
    if (step.kind !== 'write') continue;
    step.data.copy(to, step.offset);
    size = Math.max(size, step.offset + step.data.length);
  }
  return to.subarray(0, size);
}

function endOf(step: Step): number {
  if (step.kind === 'truncate') return step.size;
  return step.kind === 'write' ? step.offset + step.data.length : 0;
}
