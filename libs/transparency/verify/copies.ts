import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { entryText } from '../hashing.ts';
import { HASH_BYTES } from '../sizes.ts';
import type { FoundLine, KnownEvent } from './change.ts';
import { lineEnds, type Pieces } from './line-file.ts';
import { readLine } from './line-form.ts';

/** Another copy of the log, or a part of it, for comparison: it tells which event differs. */
export interface KnownCopy {
  /** For messages: what it is. */
  readonly name: string;
  /** True when its positions stand beside the entries, which do not contain them: they are compared, too. */
  readonly placesApart?: boolean;
  /** Its events in order, from the first; can be read again. */
  events(): AsyncIterable<readonly KnownEvent[]>;
}

/** Where a leaf has its position (8 bytes, unsigned, big-endian), before its entry. */
const POSITION_BYTES = 8;
const LEAF_BYTES = POSITION_BYTES + HASH_BYTES;

/**
 * The file of leaves beside a forum's log: position and entry of each event, 40 bytes each. Only the first `size` of
 * them, since the rest may be torn.
 */
export function leavesCopy(file: string, size: number, name: string): KnownCopy {
  return { name, placesApart: true, events: () => leavesOf(file, size) };
}

async function* leavesOf(file: string, size: number): AsyncGenerator<readonly KnownEvent[]> {
  if (size === 0) return;
  const options = { end: size * LEAF_BYTES - 1, highWaterMark: 4_096 * LEAF_BYTES };
  for await (const bytes of createReadStream(file, options)) {
    if (!Buffer.isBuffer(bytes)) continue;
    yield Array.from({ length: Math.floor(bytes.length / LEAF_BYTES) }, (_, at) => {
      const start = at * LEAF_BYTES;
      const entry = bytes.toString('latin1', start + POSITION_BYTES, start + LEAF_BYTES);
      return { position: `${bytes.readBigUInt64BE(start)}`, entry };
    });
  }
}

/** A second export. */
export function linesCopy(pieces: () => Pieces, name: string): KnownCopy {
  return { name, events: () => entriesOf(pieces()) };
}

async function* entriesOf(pieces: Pieces): AsyncGenerator<readonly KnownEvent[]> {
  for await (const piece of pieces) {
    yield linesIn(piece).map(({ line, place }) => ({ position: place?.position ?? '', entry: entryText(line) }));
  }
}

/** The position that each line of a piece says; null for what is not canonical. */
export function placesIn(piece: Buffer): readonly (string | null)[] {
  const text = piece.toString('latin1');
  return Array.from(lineEnds(piece), ({ from, end }) => readLine(text, from, end)?.position ?? null);
}

/** The lines of a piece, each looked at; they outlive the piece. */
export function linesIn(piece: Buffer): FoundLine[] {
  const text = piece.toString('latin1');
  return Array.from(lineEnds(piece), ({ from, end }) => {
    const line = Buffer.from(piece.subarray(from, end));
    return { line, place: isUtf8(line) ? readLine(text, from, end) : null };
  });
}

/** At most so many, from an index on, of what comes in groups. */
export async function section<Item>(
  groups: AsyncIterable<readonly Item[]>,
  from: number,
  count: number,
): Promise<readonly Item[]> {
  const taken: Item[] = [];
  let index = 0;
  for await (const group of groups) {
    if (index + group.length > from) taken.push(...group.slice(Math.max(0, from - index), from + count - index));
    index += group.length;
    if (index >= from + count) break;
  }
  return taken;
}
