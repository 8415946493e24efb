import {
  type Checkpoint,
  openCheckpoint,
  orNull,
  parseCheckpoint,
  parseNote,
  sameHash,
  toBase64,
  type Verifier,
} from '../../../libs/transparency/index.ts';

/**
 * The log that a kept checkpoint is compared with: its keys, its newest size, and its root at every size up to that.
 */
export interface KnownLog {
  readonly verifiers: readonly Verifier[];
  readonly size: number;
  readonly root: (size: number) => Uint8Array;
}

/**
 * The first step that fails, or null. `size` is the number of events in the kept log, null when the text is no
 * checkpoint.
 */
export interface ComparedCheckpoint {
  readonly failedAt: 'form' | 'key' | 'signature' | 'newest' | 'beginning' | null;
  readonly size: number | null;
}

/**
 * Compares a checkpoint that somebody kept with the log: whether the log still begins as it says. Never throws for any
 * kept text.
 */
export function compare(kept: string, { verifiers, size, root }: KnownLog): ComparedCheckpoint {
  const read = unsigned(kept);
  if (read === null) return { failedAt: 'form', size: null };
  const { checkpoint, names } = read;
  const verifier = verifiers.find(
    ({ name, keyId }) => checkpoint.origin === name && names.includes(`${name}+${keyId}`),
  );
  if (verifier === undefined) return { failedAt: 'key', size: checkpoint.size };
  if (!isSigned(kept, verifier)) return { failedAt: 'signature', size: checkpoint.size };
  if (checkpoint.size > size) return { failedAt: 'newest', size: checkpoint.size };
  return { failedAt: sameHash(root(checkpoint.size), checkpoint.root) ? null : 'beginning', size: checkpoint.size };
}

function unsigned(note: string): { readonly checkpoint: Checkpoint; readonly names: readonly string[] } | null {
  return orNull(() => {
    const { text, signatures } = parseNote(note);
    return { checkpoint: parseCheckpoint(text), names: signatures.map(({ name, keyId }) => `${name}+${keyId}`) };
  });
}

function isSigned(note: string, verifier: Verifier): boolean {
  return orNull(() => openCheckpoint(note, verifier)) !== null;
}

/** The size and the root (base64) of one of the forum's own checkpoints. */
export function toldBy(note: string): { readonly size: number; readonly root: string } {
  const { size, root } = parseCheckpoint(parseNote(note).text);
  return { size, root: toBase64(root) };
}
