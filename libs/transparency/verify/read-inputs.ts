import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { changesIn, keyChain } from '../key-change.ts';
import { newVerifier, type Verifier } from '../note-keys.ts';
import { ProofError } from '../proof-error.ts';
import type { KeptNote } from './kept-checkpoints.ts';

/** Bytes of a file's beginning in which a forum's refusal is looked for. */
const REFUSAL_BYTES = 8_192;
const REFUSAL_TYPE = 'urn:colloquy:problem:';

/**
 * Throws ProofError for a file that holds the forum's refusal in place of its contents (RFC 9457), such as an ended
 * session: a refused download is no altered log. Throws the system's error for a file that cannot be read.
 */
export function mustBeNoRefusal(file: string): void {
  const problem = parsed(beginningOf(file));
  const type = field(problem, 'type');
  if (typeof type !== 'string' || !type.startsWith(REFUSAL_TYPE)) return;
  const said = `${field(problem, 'title')}: ${field(problem, 'detail')}`;
  throw new ProofError(`${file} is not what was to be downloaded, but what the forum answered instead: ${said}`);
}

function beginningOf(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(REFUSAL_BYTES);
    return bytes.toString('utf8', 0, readSync(handle, bytes));
  } finally {
    closeSync(handle);
  }
}

/** The checkpoint that an export writes beside itself. */
export function checkpointBeside(file: string): string {
  return `${file}.checkpoint`;
}

/**
 * Reads checkpoints that an auditor kept, and the one beside the export when it is there and not among them. Throws the system's
 * error for a file that cannot be read.
 */
export function readCheckpointFiles(kept: readonly string[], file: string | null): readonly KeptNote[] {
  const beside = file === null ? [] : [checkpointBeside(file)].filter((one) => existsSync(one) && !kept.includes(one));
  return [...kept, ...beside].map((name) => ({ name, note: readFileSync(name) }));
}

/**
 * Verifier keys, each given as its text or as a file with one a line, and those that they lead to by the changes in
 * files, which are answers of `GET /api/v1/audit/keys`. Throws ProofError, and the system's error.
 */
export function readKeys(given: readonly string[], changes: readonly string[] = []): readonly Verifier[] {
  const keys = given.flatMap((one) => {
    if (existsSync(one)) mustBeNoRefusal(one);
    const lines = (existsSync(one) ? readFileSync(one, 'utf8') : one).trim().split(/\s+/);
    return lines.map((line) => newVerifier(line));
  });
  return keyChain(keys, changesIn(changes.flatMap((file) => notesIn(readFileSync(file, 'utf8'), file))));
}

function notesIn(text: string, file: string): readonly string[] {
  const items = field(parsed(text), 'items');
  if (!Array.isArray(items)) throw new ProofError(`${file} is not what GET /api/v1/audit/keys answers.`);
  return items.flatMap((item: unknown) => {
    const note = field(item, 'note');
    return typeof note === 'string' ? [note] : [];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
