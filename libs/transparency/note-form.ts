import { fromBase64, toBase64 } from './base64.ts';
import { ProofError } from './proof-error.ts';

/** A line under a note: by which key, and its bytes. */
export interface NoteSignature {
  readonly name: string;
  /** The first four bytes of the hash of name and key, as eight hex digits. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A note as it is written; nothing about its signatures is known yet. */
export interface UnopenedNote {
  /** The signed text; it ends with a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A note with more signatures than this, or longer, is refused before it costs time. */
const MOST_SIGNATURES = 100;
const LONGEST_NOTE = 1_000_000;

const MARK = '\u2014 ';
const KEY_ID_BYTES = 4;
const SPACE_OR_PLUS = /[\s\u0085+]/u;

/** True for what can be the name of a key: not empty, no space of Unicode, no plus. */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !SPACE_OR_PLUS.test(name) && !hasControls(name);
}

/** Parses a C2SP signed note in its strict form. It checks no signature. @throws ProofError */
export function parseNote(note: string | Uint8Array): UnopenedNote {
  const whole = typeof note === 'string' ? note : decodeUtf8(note);
  if (whole.length > LONGEST_NOTE) throw new ProofError(`The note is longer than ${LONGEST_NOTE} characters.`);
  if (!whole.isWellFormed() || hasControls(whole)) {
    throw new ProofError('The note has characters that no signed note may have.');
  }
  const blank = whole.lastIndexOf('\n\n');
  if (blank < 1) throw new ProofError('The note has no empty line between text and signatures.');
  const lines = whole.slice(blank + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0)
    throw new ProofError('The note does not end with a line of a signature.');
  if (lines.length > MOST_SIGNATURES) throw new ProofError(`The note has more than ${MOST_SIGNATURES} signatures.`);
  return { text: whole.slice(0, blank + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): NoteSignature {
  const [name, base64, ...rest] = line.slice(MARK.length).split(' ');
  if (!line.startsWith(MARK) || name === undefined || base64 === undefined || rest.length > 0 || !isKeyName(name)) {
    throw new ProofError('A line under the note is no signature: a dash, the name of a key, and base64 are expected.');
  }
  const bytes = fromBase64(base64, 'A signature of the note');
  if (bytes.length <= KEY_ID_BYTES) throw new ProofError('A signature of the note is too short.');
  return { name, keyId: hex(bytes.subarray(0, KEY_ID_BYTES)), signature: bytes.subarray(KEY_ID_BYTES) };
}

/** The line of a signature, with its newline. */
export function formatSignature({ name, keyId, signature }: NoteSignature): string {
  const id = Uint8Array.from({ length: KEY_ID_BYTES }, (_, at) => Number.parseInt(keyId.slice(2 * at, 2 * at + 2), 16));
  const bytes = new Uint8Array(KEY_ID_BYTES + signature.length);
  bytes.set(id);
  bytes.set(signature, KEY_ID_BYTES);
  return `${MARK}${name} ${toBase64(bytes)}\n`;
}

/** True for what can be the text of a note. */
export function isNoteText(text: string): boolean {
  return text.endsWith('\n') && text.isWellFormed() && !hasControls(text);
}

/** Control characters below the space, except the newline. */
function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) < 0x20 && text[at] !== '\n') return true;
  return false;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ProofError('The text is not in UTF-8.');
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
