import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { isRecord } from '../../../libs/kernel/index.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const LONGEST = 3_800;

/**
 * Closes small values for a time, so that nobody reads or changes them outside of the forum, and every node opens them
 * (AES-256-GCM with a key of its own for each name).
 */
export class Seal {
  readonly #name: string;
  readonly #info: string;
  readonly #secret: () => string;

  /** `secret` is called at each use; it throws while the secret is not known. */
  constructor(kind: string, name: string, secret: () => string) {
    this.#name = name;
    this.#info = `colloquy ${kind} ${name}`;
    this.#secret = secret;
  }

  /** In base64url; no two are the same. `until` is in milliseconds since 1970. */
  close(value: object, until: number): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key(), iv).setAAD(Buffer.from(this.#name));
    const text = Buffer.from(JSON.stringify({ until, value }));
    return Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  /** Undefined for what was changed, is of another name, or too old. */
  open(text: string, now = Date.now()): unknown {
    const sealed = Buffer.from(text.length <= LONGEST ? text : '', 'base64url');
    if (sealed.length <= IV_BYTES + TAG_BYTES || sealed.toString('base64url') !== text) return undefined;
    try {
      const kept: unknown = JSON.parse(this.#opened(sealed).toString('utf8'));
      if (!isRecord(kept) || typeof kept['until'] !== 'number' || kept['until'] < now) return undefined;
      return kept['value'];
    } catch {
      return undefined;
    }
  }

  #opened(sealed: Buffer): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.#key(), sealed.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(this.#name))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  }

  #key(): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#secret(), '', this.#info, 32));
  }
}
