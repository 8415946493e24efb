import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

interface Row {
  readonly number: number;
  readonly id: Buffer | null;
  readonly key: Buffer;
}

/** The bytes of each key in a vault's file, by the key's id in hex. */
export function keysByHand(vault: Database): ReadonlyMap<string, Buffer> {
  return new Map(rowsOf(vault).map((row) => [idOf(row), row.key.subarray(0, 32)]));
}

/** Gives a key of a vault's file other bytes, by a term of SQL that may use `key`. Throws where it is not there. */
export function changeKeyByHand(vault: Database, id: string, key: string): void {
  vault.prepare(`UPDATE keys SET key = ${key} WHERE number = ?`).run(numberOf(vault, id));
}

/** Overwrites a key of a vault's file as its destruction does. Throws where it is not there. */
export function destroyKeyByHand(vault: Database, id: string): void {
  changeKeyByHand(vault, id, `iif(id IS NULL, x'${'00'.repeat(24)}${id.slice(12)}', zeroblob(32))`);
}

/** Takes a key out of a vault's file, if it is there. */
export function deleteKeyByHand(vault: Database, id: string): void {
  vault.prepare('DELETE FROM keys WHERE number = ?').run(foundBy(vault, id)?.number ?? null);
}

function numberOf(vault: Database, id: string): number {
  const row = foundBy(vault, id);
  if (row === undefined) throw new Error(`the vault has no key ${id}`);
  return row.number;
}

/** A key that was changed by hand has the row of its number still. */
function foundBy(vault: Database, id: string): Row | undefined {
  const [rows, number] = [rowsOf(vault), Number.parseInt(id.slice(0, 12), 16)];
  return rows.find((row) => idOf(row) === id) ?? rows.find((row) => row.id === null && row.number === number);
}

function rowsOf(vault: Database): readonly Row[] {
  return vault.prepare<[], Row>('SELECT number, id, key FROM keys').all();
}

/** A row without an id: its number in 6 bytes, and 10 of a hash of the key, whose first 2 stand behind it, or what a destroyed one ends with. */
function idOf({ number, id, key }: Row): string {
  if (id !== null) return id.toString('hex');
  const isDestroyed = key.subarray(0, 22).every((byte) => byte === 0);
  const hash = createHash('sha256').update('colloquy key id ').update(key.subarray(0, 32)).digest('hex');
  return (
    number.toString(16).padStart(12, '0') + (isDestroyed ? key.toString('hex', key.length - 10) : hash.slice(0, 20))
  );
}
