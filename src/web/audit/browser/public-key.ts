import { fromBase64 } from '../../../../libs/transparency/base64.ts';
import { isKeyName } from '../../../../libs/transparency/note-form.ts';
import { joined, sha256 } from './sha256.ts';

export interface PublicKey {
  readonly name: string;
  /** Eight hex digits. */
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Signature type 1 of C2SP signed notes. */
const ED25519 = 1;
const FORM = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/;

/** The Ed25519 key in a note verifier key (C2SP signed-note); null for anything else. */
export async function publicKeyIn(text: string): Promise<PublicKey | null> {
  const [, name = '', id = '', base64 = ''] = FORM.exec(text.trim()) ?? [];
  const typed = bytesOf(base64);
  if (!isKeyName(name) || typed === null || typed.length !== 33 || typed[0] !== ED25519) return null;
  const key = await publicKeyNamed(name, new Uint8Array(typed.subarray(1)));
  return key.id === id ? key : null;
}

/** The key under a name of its log: its id comes from both. */
export async function publicKeyNamed(name: string, bytes: PublicKey['bytes']): Promise<PublicKey> {
  const named = await sha256(joined(new TextEncoder().encode(`${name}\n`), Uint8Array.of(ED25519), bytes));
  const id = Array.from(named.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { name, id, bytes };
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return fromBase64(base64, 'The key');
  } catch {
    return null;
  }
}
