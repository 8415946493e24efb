import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../libs/kernel/index.ts';

const fileIn = (dataDir: string): string => join(dataDir, 'served-at');

/**
 * Leaves word of where this machine finds the server of a DATA_DIR, for programs beside it: the port may be any free one.
 * A disk that takes no files loses no more than that.
 */
export function tellServedAddress(dataDir: string, url: string): () => void {
  try {
    writeFileSync(fileIn(dataDir), `${fromHere(url)}\n`, { mode: 0o600 });
  } catch {
    return () => undefined;
  }
  return () => rmSync(fileIn(dataDir), { force: true });
}

/** Null where no server has left word. */
export function servedAddress(dataDir: string): string | null {
  try {
    return readFileSync(fileIn(dataDir), 'utf8').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** A server that listens on every address of the machine is asked at the machine's own. */
function fromHere(url: string): string {
  const at = new URL(url);
  if (at.hostname === '0.0.0.0') at.hostname = '127.0.0.1';
  if (at.hostname === '[::]') at.hostname = '[::1]';
  return at.origin;
}
