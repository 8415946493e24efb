import { type Checkpoint, parseCheckpoint } from '../checkpoint.ts';
import { sameHash } from '../hashing.ts';
import { type NoteSignature, parseNote } from '../note-form.ts';
import type { Verifier } from '../note-keys.ts';
import { orNull, ProofError } from '../proof-error.ts';
import { openCheckpoint } from '../signed-checkpoint.ts';
import type { Walked } from './walk.ts';

/** A checkpoint that somebody kept, as a signed note. */
export interface KeptNote {
  /** For messages: where it is from. */
  readonly name: string;
  readonly note: string | Uint8Array;
}

/** A note's statement, whoever signed it; null when it is no checkpoint. */
export function statedIn({ note }: KeptNote): Checkpoint | null {
  return orNull(() => parseCheckpoint(parseNote(note).text));
}

/** The same, with its signature checked. */
export type OpenedCheckpoint =
  | { readonly name: string; readonly checkpoint: Checkpoint }
  | { readonly name: string; readonly refused: string };

export function openKept({ name, note }: KeptNote, keys: readonly Verifier[]): OpenedCheckpoint {
  try {
    return { name, checkpoint: openCheckpoint(note, ...keys) };
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return { name, refused: `${error.message}${isOfOthers(note, keys) ? DOES_NOT_FOLLOW : ''}` };
  }
}

const DOES_NOT_FOLLOW = ' No change of the key in this log leads there.';

/** True for a checkpoint that names none of the keys. */
function isOfOthers(note: KeptNote['note'], keys: readonly Verifier[]): boolean {
  const isOf = ({ name, keyId }: NoteSignature): boolean =>
    keys.some((key) => key.name === name && key.keyId === keyId);
  return statedIn({ name: '', note }) !== null && !parseNote(note).signatures.some(isOf);
}

/** A present log has everything that was ever signed; an export ends where the log ended when it was made. */
export type LogExtent = 'whole' | 'export';

/** The result of comparing a checkpoint with the read lines. */
export interface CheckpointFinding {
  readonly name: string;
  /** `newer`: signed over more events than an export has, which may have been made before. */
  readonly result: 'holds' | 'root-differs' | 'beyond-the-end' | 'newer' | 'refused';
  /** Null when it was refused. */
  readonly size: number | null;
  /** Base64; null when it was refused. */
  readonly root: string | null;
  /** Why it was refused. */
  readonly reason: string | null;
}

export function findingOf(
  opened: OpenedCheckpoint,
  { end, roots }: Pick<Walked, 'end' | 'roots'>,
  extent: LogExtent,
): CheckpointFinding {
  const { name } = opened;
  if ('refused' in opened) return { name, result: 'refused', size: null, root: null, reason: opened.refused };
  const { size, root } = opened.checkpoint;
  const ours = roots.get(size);
  const stated = { name, size, root: Buffer.from(root).toString('base64'), reason: null };
  if (size > end.size) return { ...stated, result: extent === 'whole' ? 'beyond-the-end' : 'newer' };
  return { ...stated, result: ours !== undefined && sameHash(ours, root) ? 'holds' : 'root-differs' };
}
