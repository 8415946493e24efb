import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { openNote, signNote } from './note.ts';
import { parseNote } from './note-form.ts';
import { isSameKey, keysNamed, newVerifier, type Signer, type Verifier, verifierKey } from './note-keys.ts';
import { orNull, ProofError } from './proof-error.ts';

/** The checkpoint at which a log's key was changed: signed by both keys, each of which so vouches for the other. */
export interface KeyChange {
  readonly checkpoint: Checkpoint;
  readonly from: Verifier;
  readonly to: Verifier;
}

/** The extension line of the checkpoint (C2SP tlog-checkpoint), before the two verifier keys. */
const EXTENSION = 'colloquy-key-change';

/** Both keys have the log's origin as their name. */
export function signKeyChange(tree: Omit<Checkpoint, 'origin'>, from: Signer, to: Signer): string {
  const change = `${EXTENSION} ${verifierKey(from)} ${verifierKey(to)}\n`;
  return signNote(formatCheckpoint({ ...tree, origin: to.name }) + change, from, to);
}

/** Checks both signatures. @throws ProofError */
export function openKeyChange(note: string): KeyChange {
  const { text } = parseNote(note);
  const [line = '', ...more] = text.split('\n').filter((one) => one.startsWith(`${EXTENSION} `));
  const [, from, to, ...rest] = line.split(' ');
  if (from === undefined || to === undefined || rest.length + more.length > 0) {
    throw new ProofError('The note does not say which key follows which.');
  }
  const keys = [newVerifier(from), newVerifier(to)] as const;
  const checkpoint = parseCheckpoint(text);
  const { signedBy } = openNote(note, keys);
  if (keys.some((key) => !signedBy.includes(key) || key.name !== checkpoint.origin)) {
    throw new ProofError('The change of a key is not signed by both keys.');
  }
  return { checkpoint, from: keys[0], to: keys[1] };
}

/** The change in each note that is one; others are left out. */
export function changesIn(notes: readonly string[]): readonly KeyChange[] {
  return notes.flatMap((note) => orNull(() => openKeyChange(note)) ?? []);
}

/**
 * The trusted keys, and those that they lead to by changes that both keys signed, in either direction: a holder of the
 * old key learns of the new one, and a holder of the new key of the earlier ones. A key has the name of the key that
 * led to it, since a forum that moved signs with the same keys under another name.
 */
export function keyChain(trusted: readonly Verifier[], changes: readonly KeyChange[]): readonly Verifier[] {
  const chain = [...trusted];
  for (const known of chain) {
    for (const { from, to } of changes) {
      const next = isSameKey(known, from) ? to : isSameKey(known, to) ? from : null;
      for (const key of next === null ? [] : keysNamed([next], known.name)) {
        if (!chain.some((one) => one.name === key.name && isSameKey(one, key))) chain.push(key);
      }
    }
  }
  return chain;
}
