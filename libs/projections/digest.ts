import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { ViewDefinition } from './port.ts';

/** Rows between two calls of `pace`: a few milliseconds. */
const STRETCH = 1_000;

/**
 * SHA-256, in hex, over all rows of the view's digest queries: each value as its type, its length and its bytes, so
 * that different contents never read the same. Call it inside a read transaction to get the digest at one position.
 * `pace` may delay it.
 */
export function digestOf(db: Database, definition: ViewDefinition, pace?: () => void): string {
  const hash = createHash('sha256');
  let rows = 0;
  for (const query of definition.digestQueries) {
    hash.update(`query ${query}\n`);
    for (const row of db.prepare(query).safeIntegers().raw().iterate()) {
      if (!Array.isArray(row)) throw new Error('a digest query gave no row');
      for (const value of row) update(hash, value);
      hash.update('\n');
      rows += 1;
      if (rows % STRETCH === 0) pace?.();
    }
  }
  return hash.digest('hex');
}

function update(hash: ReturnType<typeof createHash>, value: unknown): void {
  if (value === null) hash.update('n;');
  else if (typeof value === 'bigint') hash.update(`i${value};`);
  else if (typeof value === 'number') hash.update(`r${value};`);
  else if (typeof value === 'string') hash.update(`t${Buffer.byteLength(value)}:${value};`);
  else if (value instanceof Uint8Array) hash.update(`b${value.length}:`).update(value);
  else throw new TypeError(`a digest query gave a ${typeof value}`);
}
