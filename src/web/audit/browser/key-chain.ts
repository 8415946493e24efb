import { parseNote } from '../../../../libs/transparency/note-form.ts';
import { type PublicKey, publicKeyIn, publicKeyNamed } from './public-key.ts';
import { sameBytes } from './sha256.ts';
import { signatureOutcome } from './signatures.ts';

interface Change {
  readonly from: PublicKey;
  readonly to: PublicKey;
}

/** The text in a checkpoint that changes the log's key, before both keys. */
const EXTENSION = 'colloquy-key-change ';

/**
 * The reader's key, and the earlier and later ones that it leads to by changes which both keys signed. A key has the
 * name of the key that led to it. Empty for a malformed key.
 */
export async function keysFrom(text: string, notes: readonly string[]): Promise<readonly PublicKey[]> {
  const held = await publicKeyIn(text);
  const chain = held === null ? [] : [held];
  const changes = (await Promise.all(notes.map(changeIn))).flatMap((change) => change ?? []);
  for (const known of chain) {
    for (const { from, to } of changes) {
      const next = isSame(known, from) ? to : isSame(known, to) ? from : null;
      if (next !== null && !chain.some((one) => isSame(one, next))) {
        chain.push(await publicKeyNamed(known.name, next.bytes));
      }
    }
  }
  return chain;
}

/** Null for a note that not both keys signed; in a browser without Ed25519 the check of signatures says so. */
async function changeIn(text: string): Promise<Change | null> {
  try {
    const note = parseNote(text);
    const lines = note.text.split('\n').filter((line) => line.startsWith(EXTENSION));
    const [from, to, ...more] = await Promise.all((lines[0] ?? '').split(' ').slice(1).map(publicKeyIn));
    if (!from || !to || more.length > 0 || lines.length !== 1) return null;
    const outcomes = await Promise.all([from, to].map((key) => signatureOutcome(key, note)));
    return outcomes.includes('failed') ? null : { from, to };
  } catch {
    return null;
  }
}

function isSame(one: PublicKey, other: PublicKey): boolean {
  return sameBytes(one.bytes, other.bytes);
}
