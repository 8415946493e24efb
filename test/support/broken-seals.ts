import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { RecordedEvent } from '../../libs/event-store/index.ts';
import { changeKeyByHand, deleteKeyByHand, destroyKeyByHand } from './keys-by-hand.ts';
import { changeByHand, eventsByHand } from './log-by-hand.ts';

/** What can befall a seal: another key under its id, no key, a key that was wiped without a word, a bit that a disk has flipped. */
export const BREAKS = ['wrong', 'missing', 'zeroed', 'flipped'] as const;
export type Break = (typeof BREAKS)[number];

/**
 * Breaks every seal of the streams that have the id in their name, in the files of a forum that is closed. Its views and tree are
 * deleted, since they were made of what stood there before. Gives how many seals that were.
 */
export function breakSeals(dataDir: string, id: string, how: Break): number {
  const log = new Database(join(dataDir, 'log.db'));
  const vault = new Database(join(dataDir, 'vault.db'));
  const rows = eventsByHand(log).filter(({ stream, sealed }) => stream.includes(id) && sealed !== null);
  for (const row of rows) breakOne({ log, vault }, row, how);
  for (const db of [log, vault]) db.close();
  for (const made of ['views', 'tree']) rmSync(join(dataDir, made), { recursive: true, force: true });
  return rows.length;
}

interface Files {
  readonly log: Database.Database;
  readonly vault: Database.Database;
}

function breakOne({ log, vault }: Files, { position, sealed }: RecordedEvent, how: Break): void {
  const keyId = Buffer.from(sealed ?? []).toString('hex', 1, 17);
  switch (how) {
    case 'wrong':
      changeKeyByHand(vault, keyId, 'randomblob(length(key))');
      return;
    case 'missing':
      deleteKeyByHand(vault, keyId);
      return;
    case 'zeroed':
      destroyKeyByHand(vault, keyId);
      return;
    case 'flipped': {
      const bytes = Buffer.from(sealed ?? []);
      const last = bytes.length - 1;
      bytes.writeUInt8(bytes.readUInt8(last) ^ 1, last);
      changeByHand(log, position, () => ({ sealed: bytes }));
      return;
    }
    default:
      return how satisfies never;
  }
}
