import { existsSync, readFileSync } from 'node:fs';
import { newVerifier, type Verifier } from '../note-keys.ts';
import type { KeptNote } from './kept-checkpoints.ts';

/** The checkpoint that an export writes beside itself. */
export function checkpointBeside(file: string): string {
  return `${file}.checkpoint`;
}

/**
 * Reads checkpoints that an auditor kept, and the one beside the export when it is there and not among them. Throws the system's
 * error for a file that cannot be read.
 */
export function readCheckpoints(kept: readonly string[], file: string | null): readonly KeptNote[] {
  const beside = file === null ? [] : [checkpointBeside(file)].filter((one) => existsSync(one) && !kept.includes(one));
  return [...kept, ...beside].map((name) => ({ name, note: readFileSync(name) }));
}

/** A verifier key, given as its text or as a file with it. Throws ProofError, and the system's error. */
export function readKey(given: string): Verifier {
  return newVerifier(existsSync(given) ? readFileSync(given, 'utf8').trim() : given.trim());
}
