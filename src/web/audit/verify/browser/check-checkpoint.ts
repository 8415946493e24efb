import { type Checkpoint, parseCheckpoint } from '../../../../../libs/transparency/checkpoint.ts';
import { joinsOfConsistency, startOfConsistency } from '../../../../../libs/transparency/consistency-path.ts';
import { parseNote, type UnopenedNote } from '../../../../../libs/transparency/note-form.ts';
import { keysFrom } from '../../browser/key-chain.ts';
import type { PublicKey } from '../../browser/public-key.ts';
import { joined, sameBytes, sha256 } from '../../browser/sha256.ts';
import { signatureOutcome, signingKey } from '../../browser/signatures.ts';
import { VERIFY_STEPS, type VerifyOutcome, type VerifyStep, type VerifyVerdict } from '../page-data.ts';
import { verdictOf } from '../verdict.ts';

export interface KeptAndNewest {
  /** The checkpoint that the reader kept, and the newest one: signed notes. */
  readonly kept: string;
  readonly newest: string;
  /** The log's key, as a note verifier key, from wherever the reader trusts. */
  readonly key: string;
  /** Checkpoints at which the log's key was changed; a change counts where both keys signed it. */
  readonly changes?: readonly string[];
  /** Asks for the hashes of the consistency proof between two sizes. */
  readonly prove: (from: number, to: number) => Promise<readonly Uint8Array[]>;
}

export interface CheckedCheckpoint {
  readonly outcomes: Readonly<Record<VerifyStep, VerifyOutcome>>;
  readonly verdict: VerifyVerdict;
  /** Events in the log that was kept, null when it could not be read, and in the newest one. */
  readonly kept: number | null;
  readonly size: number;
}

interface Signed {
  readonly note: UnopenedNote;
  readonly checkpoint: Checkpoint;
}

/**
 * Checks whether a log still begins as a kept checkpoint says. The browser computes it from the forum's newest signed
 * checkpoint and its proof. Needs `crypto.subtle`. Rejects when the forum cannot be asked.
 */
export async function compareCheckpoints(comparison: KeptAndNewest): Promise<CheckedCheckpoint> {
  const outcomes: Record<VerifyStep, VerifyOutcome> = {
    form: 'skipped',
    key: 'skipped',
    signature: 'skipped',
    newest: 'skipped',
    beginning: 'skipped',
  };
  const [kept, newest] = [signedIn(comparison.kept), signedIn(comparison.newest)];
  const sizes = { kept: kept?.checkpoint.size ?? null, size: newest?.checkpoint.size ?? 0 };
  if (kept === null) {
    outcomes.form = 'failed';
    return { outcomes, verdict: verdictOf(outcomes), ...sizes };
  }
  const keys = await keysFrom(comparison.key, comparison.changes ?? []);
  for (const step of VERIFY_STEPS) {
    outcomes[step] = await outcomeOf(step, { kept, newest, keys, prove: comparison.prove });
    if (outcomes[step] === 'failed') break;
  }
  return { outcomes, verdict: verdictOf(outcomes), ...sizes };
}

type Asked = { readonly kept: Signed; readonly newest: Signed | null } & Pick<KeptAndNewest, 'prove'> & {
    readonly keys: readonly PublicKey[];
  };

async function outcomeOf(step: VerifyStep, { kept, newest, keys, prove }: Asked): Promise<VerifyOutcome> {
  switch (step) {
    case 'form':
      return 'passed';
    case 'key':
      return signingKey(keys, kept) === null ? 'failed' : 'passed';
    case 'signature':
      return signatureOutcome(signingKey(keys, kept), kept.note);
    case 'newest': {
      if (newest === null || newest.checkpoint.size < kept.checkpoint.size) return 'failed';
      return signatureOutcome(signingKey(keys, newest), newest.note);
    }
    case 'beginning': {
      if (newest === null) return 'failed';
      const [older, newer] = [kept.checkpoint, newest.checkpoint];
      const hashes = older.size === 0 || older.size === newer.size ? [] : await prove(older.size, newer.size);
      return (await beginsWith(newer, older, hashes)) ? 'passed' : 'failed';
    }
    default:
      return step satisfies never;
  }
}

/** RFC 9162, section 2.1.4.2: both roots are made from the same hashes. Every log begins with an empty one. */
async function beginsWith(newer: Checkpoint, older: Checkpoint, hashes: readonly Uint8Array[]): Promise<boolean> {
  if (older.size === newer.size) return sameBytes(older.root, newer.root);
  if (older.size === 0) return sameBytes(older.root, await sha256(new Uint8Array()));
  const joins = joinsOfConsistency(older.size, newer.size);
  const [start, ...rest] = startOfConsistency(older, hashes);
  if (joins === null || start === undefined || rest.length !== joins.length) return false;
  let [olderRoot, newerRoot] = [start, start];
  for (const [step, hash] of rest.entries()) {
    const isLeft = joins[step] === 'left-of-both';
    if (isLeft) olderRoot = await sha256(joined(Uint8Array.of(1), hash, olderRoot));
    newerRoot = await sha256(joined(Uint8Array.of(1), ...(isLeft ? [hash, newerRoot] : [newerRoot, hash])));
  }
  return sameBytes(olderRoot, older.root) && sameBytes(newerRoot, newer.root);
}

/**
 * Null for a malformed checkpoint. A file that came by mail or a clipboard may have other line ends, or none at its
 * end.
 */
function signedIn(text: string): Signed | null {
  try {
    const note = parseNote(`${text.replaceAll('\r\n', '\n').trim()}\n`);
    return { note, checkpoint: parseCheckpoint(note.text) };
  } catch {
    return null;
  }
}
