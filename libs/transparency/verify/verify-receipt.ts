import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { checkProof } from '../check-proof.ts';
import { entryOf } from '../hashing.ts';
import type { Verifier } from '../note-keys.ts';
import { ProofError } from '../proof-error.ts';
import { parseProof } from '../proof-file.ts';
import { HASH_BYTES } from '../sizes.ts';
import { type DueSubject, otherSubject, type Subject, subjectOf, subjectWords } from './receipt-subject.ts';

const HEAD = 'c2sp.org/tlog-proof@';
/** How a note begins to say that none of the keys signed it. */
const OTHER_KEY = 'The note is not signed by';
const KEY_HINT = 'Was the forum’s key changed? Then give what GET /api/v1/audit/keys answers, too: --changes keys.json';

/** The meaning of a receipt, or the reason for its refusal. */
export interface ReceiptReport extends Subject {
  readonly ok: boolean;
  /** Why not; null when it holds. */
  readonly refused: string | null;
  readonly index: number | null;
  /** Events in the log that was signed. */
  readonly size: number | null;
  readonly origin: string | null;
  /** The event's line; null for a receipt that has the entry alone. */
  readonly line: string | null;
}

/** True for a file that begins as a C2SP tlog-proof. */
export function isReceipt(file: string): boolean {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(HEAD.length);
    return readSync(handle, bytes) === HEAD.length && bytes.toString('latin1') === HEAD;
  } finally {
    closeSync(handle);
  }
}

/**
 * Checks a receipt of the forum: that its event leads to a root which one of the keys signed, and that its subject is
 * the expected one, which the file's name states too (`comment-<id>.tlog-proof`).
 */
export function verifyReceipt(file: string, keys: readonly Verifier[], due: DueSubject = {}): ReceiptReport {
  const text = readFileSync(file, 'utf8');
  try {
    const { extra } = parseProof(text);
    if (extra === undefined) throw new ProofError('The receipt has neither the event nor its hash.');
    const isEntry = extra.length === HASH_BYTES;
    const { index, checkpoint } = checkProof(text, isEntry ? extra : entryOf(extra), ...keys);
    const line = isEntry ? null : Buffer.from(extra).toString('utf8');
    const subject = subjectOf(line);
    const refused = otherSubject(file, subject, due);
    const { size, origin } = checkpoint;
    return { ok: refused === null, refused, index, size, origin, line, ...subject };
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    const nothing = { index: null, size: null, origin: null, line: null, comment: null, event: null };
    return { ok: false, refused: error.message, ...nothing };
  }
}

/** The report for people, a line each. */
export function receiptWords(report: ReceiptReport): readonly string[] {
  const { refused, index, size, origin, line } = report;
  if (refused !== null)
    return [`The receipt is refused: ${refused}`, ...(refused.startsWith(OTHER_KEY) ? [KEY_HINT] : [])];
  return [
    line === null
      ? `The receipt holds: its event stands at index ${index} of the ${size} that ${origin} signed.`
      : `The receipt holds: ${subjectWords(report)} stands at index ${index} of the ${size} that ${origin} signed.`,
    line === null
      ? "It has the hash of the event alone, and does not tell what the event is, nor whose: the file's name was compared with nothing."
      : `event: ${line}`,
  ];
}
