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

/** Verifier keys, each given as its text or as a file with one a line. Throws ProofError, and the system's error. */
export function readKeys(given: readonly string[]): readonly Verifier[] {
  return given.flatMap((one) => {
    const lines = (existsSync(one) ? readFileSync(one, 'utf8') : one).trim().split(/\s+/);
    return lines.map((line) => newVerifier(line));
  });
}
