import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import {
  checkProof,
  entryOf,
  HASH_BYTES,
  ProofError,
  parseProof,
  type Verifier,
} from '../../libs/transparency/index.ts';
import { sealVersionOf } from '../../libs/vault/index.ts';

const HEAD = 'c2sp.org/tlog-proof@';

/** What a receipt shows, or why it is refused. */
export interface ReceiptReport {
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

/** Checks a receipt of the forum: that the event in it led to a root which the key signed. */
export function verifyReceipt(file: string, key: Verifier): ReceiptReport {
  const text = readFileSync(file, 'utf8');
  try {
    const { extra } = parseProof(text);
    if (extra === undefined) throw new ProofError('The receipt has neither the event nor its hash.');
    const isEntry = extra.length === HASH_BYTES;
    const { index, checkpoint } = checkProof(text, isEntry ? extra : entryOf(extra), key);
    const line = isEntry ? null : Buffer.from(extra).toString('utf8');
    return { ok: true, refused: null, index, size: checkpoint.size, origin: checkpoint.origin, line };
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return { ok: false, refused: error.message, index: null, size: null, origin: null, line: null };
  }
}

export function receiptWords({ refused, index, size, origin, line }: ReceiptReport): readonly string[] {
  if (refused !== null) return [`The receipt is refused: ${refused}`];
  return [
    `The receipt holds: its event stands at index ${index} of the ${size} that ${origin} signed.`,
    line === null ? 'It has the hash of the event alone, and does not tell what the event is.' : `event: ${line}`,
    ...sealWords(line),
  ];
}

/** What the receipt says about the text in it, which is sealed. */
function sealWords(line: string | null): readonly string[] {
  const sealed = line === null ? null : sealedIn(line);
  switch (sealed === null ? undefined : sealVersionOf(sealed)) {
    case 1:
      return [
        'Its text is sealed in version 1: the receipt holds the forum to these bytes, which may open as more than one text.',
      ];
    case 2:
      return ['Its text is sealed in version 2: the receipt holds the forum to one text.'];
    case undefined:
      return [];
  }
}

function sealedIn(line: string): Uint8Array | null {
  const event: unknown = JSON.parse(line);
  const sealed: unknown = typeof event === 'object' && event !== null ? Reflect.get(event, 'sealed') : null;
  return typeof sealed === 'string' ? Buffer.from(sealed, 'base64') : null;
}
