import { createPrivateKey, createPublicKey, hash, type KeyObject, randomBytes } from 'node:crypto';
import { bytesFromBase64, toBase64 } from './base64.ts';
import { isKeyName } from './note-form.ts';
import { ProofError } from './proof-error.ts';

/** A key that signatures are checked with. */
export interface Verifier {
  readonly name: string;
  /** Eight hex digits. */
  readonly keyId: string;
  readonly publicKey: KeyObject;
}

/** A key that signs. */
export interface Signer extends Verifier {
  readonly privateKey: KeyObject;
}

/** Signature type 1 of C2SP signed notes: Ed25519. */
const ED25519 = 1;
const KEY_BYTES = 32;
/** The bytes before the 32 bytes of an Ed25519 key in its DER form (RFC 8410). */
const SEED_DER = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex');

/** A new random signer key, in the text form that `newSigner` reads. It is a secret. */
export function newSignerKey(name: string): string {
  return signerKey(name, randomBytes(KEY_BYTES));
}

/** The text form of a seed of 32 bytes: `PRIVATE+KEY+name+hash+base64`. It is a secret. */
export function signerKey(name: string, seed: Uint8Array): string {
  const { publicKey } = keysOf(seed);
  return `PRIVATE+KEY+${name}+${keyIdOf(name, publicKey)}+${typed(seed)}`;
}

/** @throws ProofError when the text is no signer key, or its hash is another key's */
export function newSigner(text: string): Signer {
  const [first, second, name = '', keyId, ...rest] = text.split('+');
  if (first !== 'PRIVATE' || second !== 'KEY' || !isKeyName(name)) {
    throw new ProofError('This is no signer key: PRIVATE+KEY+name+hash+base64 is expected.');
  }
  const keys = keysOf(keyBytes(rest.join('+'), 'The signer key'));
  if (keyId !== keyIdOf(name, keys.publicKey))
    throw new ProofError('The hash in the signer key is not that of its key.');
  return { name, keyId, ...keys };
}

/** The public half in its text form: `name+hash+base64`. */
export function verifierKey(key: Verifier): string {
  return `${key.name}+${key.keyId}+${typed(rawPublic(key.publicKey))}`;
}

/** @throws ProofError when the text is no verifier key, or its hash is another key's */
export function newVerifier(text: string): Verifier {
  const [name = '', keyId, ...rest] = text.split('+');
  if (!isKeyName(name) || keyId === undefined || rest.length === 0) {
    throw new ProofError('This is no verifier key: name+hash+base64 is expected.');
  }
  const raw = keyBytes(rest.join('+'), 'The verifier key');
  const publicKey = createPublicKey({ key: Buffer.concat([PUBLIC_DER, raw]), format: 'der', type: 'spki' });
  if (keyId !== keyIdOf(name, publicKey)) throw new ProofError('The hash in the verifier key is not that of its key.');
  return { name, keyId, publicKey };
}

/**
 * The same keys under another name of their log, where they have other ids: a forum that moved signs under its new
 * name.
 */
export function keysNamed(keys: readonly Verifier[], name: string): readonly Verifier[] {
  return keys.map(({ publicKey }) => ({ name, keyId: keyIdOf(name, publicKey), publicKey }));
}

/** Whether both are one key, whatever the name it has. */
export function isSameKey(one: Verifier, other: Verifier): boolean {
  return one.publicKey.equals(other.publicKey);
}

function keysOf(seed: Uint8Array): Pick<Signer, 'privateKey' | 'publicKey'> {
  const privateKey = createPrivateKey({ key: Buffer.concat([SEED_DER, seed]), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

function keyIdOf(name: string, publicKey: KeyObject): string {
  const named = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), rawPublic(publicKey)]);
  return hash('sha256', named, 'hex').slice(0, 8);
}

function rawPublic(publicKey: KeyObject): Uint8Array {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(PUBLIC_DER.length);
}

function typed(key: Uint8Array): string {
  return toBase64(Buffer.concat([Buffer.of(ED25519), key]));
}

function keyBytes(base64: string, what: string): Uint8Array {
  const bytes = bytesFromBase64(base64, 1 + KEY_BYTES, what);
  if (bytes[0] !== ED25519) throw new ProofError(`${what} is of another kind than Ed25519.`);
  return bytes.subarray(1);
}
