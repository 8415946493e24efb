import { HASH_BYTES } from '../../../../../libs/transparency/index.ts';
import type { InclusionProof } from '../../../../acts/proving/proving.ts';

const BASE64 = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const [PADDING, QUOTE, COMMA] = [0x3d, 0x22, 0x2c];
/** A hash in base64, with its quotes and a comma. */
const QUOTED_LENGTH = 44 + 3;
/** The length of everything around the hashes, with two numbers of 16 digits at most. */
const FRAME_LENGTH = 100;

/**
 * Writes inclusion proofs as JSON of the shape `InclusionAnswer` by hand, into bytes that are kept: a text put together
 * of eighty pieces takes longer to send than to make.
 */
export class InclusionTexts {
  #note: string | undefined;
  #end = Buffer.of();
  #bytes = Buffer.of();

  of({ index, size, hashes, checkpoint }: InclusionProof): string {
    if (checkpoint !== this.#note) this.#endWith(checkpoint);
    const bytes = this.#bytesFor(hashes);
    let at = bytes.write(`{"index":${index},"size":${size},"leafHash":"`, 'latin1');
    at = writeBase64(hashes, 0, bytes, at);
    at += bytes.write('","hashes":[', at, 'latin1');
    for (let from = HASH_BYTES; from < hashes.length; from += HASH_BYTES) {
      if (from > HASH_BYTES) bytes[at++] = COMMA;
      bytes[at++] = QUOTE;
      at = writeBase64(hashes, from, bytes, at);
      bytes[at++] = QUOTE;
    }
    at += this.#end.copy(bytes, at);
    return bytes.toString('latin1', 0, at);
  }

  #endWith(checkpoint: string): void {
    this.#note = checkpoint;
    this.#end = Buffer.from(`],"checkpoint":${asciiJson(checkpoint)}}`);
  }

  #bytesFor(hashes: Uint8Array): Buffer {
    const most = FRAME_LENGTH + (hashes.length / HASH_BYTES) * QUOTED_LENGTH + this.#end.length;
    if (this.#bytes.length < most) this.#bytes = Buffer.alloc(2 * most);
    return this.#bytes;
  }
}

/**
 * Writes the hash that begins at `from` in base64 (RFC 4648, section 4); gives the place where its 44 characters end.
 */
function writeBase64(hashes: Uint8Array, from: number, target: Uint8Array, place: number): number {
  let at = place;
  const last = from + HASH_BYTES - 2;
  for (let group = from; group < last; group += 3) {
    const bits = (byteAt(hashes, group) << 16) | (byteAt(hashes, group + 1) << 8) | byteAt(hashes, group + 2);
    at = writeGroup(bits, target, at);
  }
  at = writeGroup((byteAt(hashes, last) << 16) | (byteAt(hashes, last + 1) << 8), target, at);
  target[at - 1] = PADDING;
  return at;
}

/** Four characters for 24 bits. */
function writeGroup(bits: number, target: Uint8Array, at: number): number {
  target[at] = byteAt(BASE64, bits >> 18);
  target[at + 1] = byteAt(BASE64, (bits >> 12) & 63);
  target[at + 2] = byteAt(BASE64, (bits >> 6) & 63);
  target[at + 3] = byteAt(BASE64, bits & 63);
  return at + 4;
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

/**
 * Writes ASCII only: the dash of a signed note would make the text two bytes a character, and three times as slow to
 * send.
 */
function asciiJson(text: string): string {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replace(/[^ -~]/g, escaped);
}
