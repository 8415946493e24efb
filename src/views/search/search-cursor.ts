import { invalidCursor, readOpaque, writeOpaque } from '../cursor.ts';
import type { TextsWish } from './search.query-types.ts';
import type { EntryPlace } from './search-questions.ts';

const [SHORT, LONG] = [9, 33];
/** Stands for no end. */
const NO_END = -0x7fff_ffff_ffff_ffffn;

/** A cursor belongs to its search: the same words, filters and order. */
export function writeEntryPlace({ phase, before, until, rank }: EntryPlace, wish: TextsWish): string {
  const content = Buffer.alloc(rank === null ? SHORT : LONG);
  content.writeUInt8(phase, 0);
  content.writeBigInt64BE(before, 1);
  if (rank !== null) {
    content.writeDoubleBE(rank.score, 9);
    content.writeBigInt64BE(rank.n, 17);
    content.writeBigInt64BE(until ?? NO_END, 25);
  }
  return writeOpaque(content, listOf(wish));
}

/** Throws DomainError `invalid` (field `cursor`). */
export function readEntryPlace(cursor: string, wish: TextsWish): EntryPlace {
  const content = readOpaque(cursor, listOf(wish));
  if (content.length !== SHORT && content.length !== LONG) throw invalidCursor();
  const [phase, before] = [content.readUInt8(0), content.readBigInt64BE(1)];
  if (content.length === SHORT) return { phase, before, until: null, rank: null };
  const end = content.readBigInt64BE(25);
  const rank = { score: content.readDoubleBE(9), n: content.readBigInt64BE(17) };
  return { phase, before, until: end === NO_END ? null : end, rank };
}

function listOf({ q, isTyping, filter, sort }: TextsWish): string {
  return JSON.stringify(['search', q, isTyping, filter, sort]);
}
