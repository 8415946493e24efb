import { type Checkpoint, parseCheckpoint } from '../../../../../libs/transparency/checkpoint.ts';
import { parseNote, type UnopenedNote } from '../../../../../libs/transparency/note-form.ts';
import { type ProofFile, parseProof } from '../../../../../libs/transparency/proof-file.ts';
import { sidesOfPath } from '../../../../../libs/transparency/proof-path.ts';
import { keysFrom } from '../../browser/key-chain.ts';
import type { PublicKey } from '../../browser/public-key.ts';
import { joined, sameBytes, sha256 } from '../../browser/sha256.ts';
import { signatureOutcome, signingKey } from '../../browser/signatures.ts';

/** The steps of the check, in order; after a failed one nothing more is checked. */
export const STEPS = ['form', 'subject', 'path', 'key', 'signature'] as const;
export type CheckStep = (typeof STEPS)[number];

/**
 * `withheld`: the file has only the event's hash, so its contents stay unknown. `unable`: this browser has no Ed25519.
 * `skipped`: an earlier step failed.
 */
export type Outcome = 'passed' | 'failed' | 'withheld' | 'unable' | 'skipped';

export interface Checked {
  readonly outcomes: Readonly<Record<CheckStep, Outcome>>;
  /** `unsure` when nothing is wrong but something could not be checked. */
  readonly verdict: 'passed' | 'failed' | 'unsure';
  /** Events in the log that was signed; null when the file could not be read. */
  readonly size: number | null;
}

export interface GivenReceipt {
  readonly text: string;
  /** The log's key, as a note verifier key, from wherever the reader trusts. */
  readonly key: string;
  /** Checkpoints at which the log's key was changed; a change counts where both keys signed it. */
  readonly changes?: readonly string[];
  readonly commentId: string;
}

interface Read {
  readonly proof: ProofFile;
  readonly note: UnopenedNote;
  readonly checkpoint: Checkpoint;
}

const ENTRY_BYTES = 32;

/** Checks a receipt with the browser's own cryptography; it asks nobody. Needs `crypto.subtle`: a page over https. */
export async function checkReceipt(receipt: GivenReceipt): Promise<Checked> {
  const outcomes: Record<CheckStep, Outcome> = {
    form: 'skipped',
    subject: 'skipped',
    path: 'skipped',
    key: 'skipped',
    signature: 'skipped',
  };
  const read = readOf(receipt.text);
  outcomes.form = read === null ? 'failed' : 'passed';
  if (read === null) return { outcomes, verdict: 'failed', size: null };
  for (const step of STEPS.slice(1)) {
    outcomes[step] = await outcomeOf(step, receipt, read);
    if (outcomes[step] === 'failed') break;
  }
  return { outcomes, verdict: verdictOf(Object.values(outcomes)), size: read.checkpoint.size };
}

function outcomeOf(step: CheckStep, receipt: GivenReceipt, read: Read): Outcome | Promise<Outcome> {
  switch (step) {
    case 'form':
      return 'passed';
    case 'subject':
      return subjectOf(read.proof, receipt.commentId);
    case 'path':
      return pathOf(read);
    case 'key':
      return signerOf(receipt, read).then((key) => (key === null ? 'failed' : 'passed'));
    case 'signature':
      return signerOf(receipt, read).then((key) => signatureOutcome(key, read.note));
    default:
      return step satisfies never;
  }
}

async function signerOf({ key, changes = [] }: GivenReceipt, read: Read): Promise<PublicKey | null> {
  return signingKey(await keysFrom(key, changes), read);
}

function verdictOf(outcomes: readonly Outcome[]): Checked['verdict'] {
  if (outcomes.includes('failed')) return 'failed';
  return outcomes.includes('unable') ? 'unsure' : 'passed';
}

/**
 * Null for a malformed receipt. A file that came by mail or a clipboard may have other line ends, or none at its end.
 */
function readOf(text: string): Read | null {
  try {
    const proof = parseProof(`${text.replaceAll('\r\n', '\n').trim()}\n`);
    const note = parseNote(proof.checkpoint);
    return { proof, note, checkpoint: parseCheckpoint(note.text) };
  } catch {
    return null;
  }
}

function subjectOf({ extra }: ProofFile, commentId: string): Outcome {
  if (extra === undefined) return 'failed';
  if (extra.length === ENTRY_BYTES) return 'withheld';
  try {
    const event: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(extra));
    const stream: unknown = typeof event === 'object' && event !== null && 'stream' in event ? event.stream : undefined;
    return stream === `comment-${commentId}` ? 'passed' : 'failed';
  } catch {
    return 'failed';
  }
}

/** RFC 9162, section 2.1.3.2: from the event's hash up to the root. */
async function pathOf({ proof: { extra, index, hashes }, checkpoint: { size, root } }: Read): Promise<Outcome> {
  const sides = sidesOfPath(index, size);
  if (extra === undefined || sides === null || sides.length !== hashes.length) return 'failed';
  const entry = extra.length === ENTRY_BYTES ? extra : await sha256(extra);
  let at = await sha256(joined(Uint8Array.of(0), entry));
  for (const [step, hash] of hashes.entries()) {
    const [left, right] = sides[step] === 'left' ? [hash, at] : [at, hash];
    at = await sha256(joined(Uint8Array.of(1), left, right));
  }
  return sameBytes(at, root) ? 'passed' : 'failed';
}
