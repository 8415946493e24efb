import { createCipheriv } from 'node:crypto';
import type { SealedIn } from '../port.ts';

/** GCM's field (NIST SP 800-38D, 6.3): a block's first bit is the coefficient of x^0. */
const REDUCTION = 0xe1n << 120n;
const ONE = 1n << 127n;
const BLOCK = 16;

/** Two keys for AES-256-GCM, a nonce, and what each is to open: sixteen characters of ASCII. */
export interface TwoTexts {
  readonly keys: readonly [Uint8Array, Uint8Array];
  readonly texts: readonly [string, string];
  readonly nonce: Uint8Array;
  readonly at: SealedIn;
}

/**
 * Ciphertext ‖ tag that AES-256-GCM opens under both keys: under the first as a text that begins with the first text,
 * under the second as one with the second text in its second block. The tag is linear in each block, so a third block
 * makes it the same for both (Dodis, Grubbs, Ristenpart, Woodage: Fast Message Franking, 2018).
 */
export function twoTexts({ keys, texts, nonce, at }: TwoTexts): Buffer {
  const [one, two] = [under(keys[0], nonce), under(keys[1], nonce)];
  const blocks = [one.stream(0) ^ blockOf(texts[0]), two.stream(1) ^ blockOf(texts[1]), 0n];
  const associated = Buffer.from(`${at.stream} ${at.type}`);
  const apart = tagOf(one, associated, blocks) ^ tagOf(two, associated, blocks);
  // The third block is followed by the lengths, so it is multiplied by the square of the hash's key.
  blocks[2] = times(apart, inverse(times(one.hash, one.hash) ^ times(two.hash, two.hash)));
  return Buffer.concat([...blocks, tagOf(one, associated, blocks)].map(bytesOf));
}

interface Under {
  readonly hash: bigint;
  readonly mask: bigint;
  readonly stream: (block: number) => bigint;
}

function under(key: Uint8Array, nonce: Uint8Array): Under {
  const encrypted = (block: Buffer): bigint => {
    const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
    return numberOf(cipher.update(block));
  };
  const counter = (count: number): Buffer => Buffer.concat([nonce, Buffer.of(0, 0, 0, count)]);
  return {
    hash: encrypted(Buffer.alloc(BLOCK)),
    mask: encrypted(counter(1)),
    stream: (block) => encrypted(counter(block + 2)),
  };
}

function tagOf({ hash, mask }: Under, associated: Buffer, blocks: readonly bigint[]): bigint {
  const padded = Buffer.concat([associated, Buffer.alloc((BLOCK - (associated.length % BLOCK)) % BLOCK)]);
  const before = Array.from({ length: padded.length / BLOCK }, (_, at) =>
    numberOf(padded.subarray(at * BLOCK, (at + 1) * BLOCK)),
  );
  const lengths = (BigInt(associated.length * 8) << 64n) | BigInt(blocks.length * BLOCK * 8);
  return mask ^ [...before, ...blocks, lengths].reduce((sum, block) => times(sum ^ block, hash), 0n);
}

function times(x: bigint, y: bigint): bigint {
  let [product, shifted] = [0n, y];
  for (let bit = 127n; bit >= 0n; bit -= 1n) {
    if ((x >> bit) & 1n) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ REDUCTION : shifted >> 1n;
  }
  return product;
}

/** The power 2^128 − 2, of which all bits but the last are ones. */
function inverse(x: bigint): bigint {
  let [power, result] = [x, ONE];
  for (let bit = 1; bit < 128; bit += 1) {
    power = times(power, power);
    result = times(result, power);
  }
  return result;
}

function blockOf(text: string): bigint {
  return numberOf(Buffer.from(text, 'ascii'));
}

function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function bytesOf(block: bigint): Buffer {
  return Buffer.from(block.toString(16).padStart(BLOCK * 2, '0'), 'hex');
}
