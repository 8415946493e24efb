import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto';
import type { PushWish } from '../../libs/client/index.ts';

const CURVE = 'prime256v1';
const TAG_BYTES = 16;

/** A device of a test: it has keys of its own, and opens what it is sent as RFC 8188 and RFC 8291 lay down. */
export class PushTestDevice {
  readonly endpoint: string;
  readonly #keys: ECDH = createECDH(CURVE);
  readonly #auth = randomBytes(16);

  constructor(endpoint: string) {
    this.endpoint = endpoint;
    this.#keys.generateKeys();
  }

  /** What a browser would hand over. */
  get wish(): PushWish {
    return {
      endpoint: this.endpoint,
      p256dh: this.#keys.getPublicKey('base64url'),
      auth: this.#auth.toString('base64url'),
    };
  }

  /** The text of a body of `Content-Encoding: aes128gcm`. Throws for what is not encrypted for this device. */
  open(body: Buffer): string {
    const salt = body.subarray(0, 16);
    const keyEnd = 21 + body.readUInt8(20);
    const sender = body.subarray(21, keyEnd);
    const shared = this.#keys.computeSecret(sender);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.#keys.getPublicKey(), sender]);
    const secret = Buffer.from(hkdfSync('sha256', shared, this.#auth, info, 32));
    const derived = (purpose: string, bytes: number): Buffer =>
      Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${purpose}\0`, bytes));
    const decipher = createDecipheriv('aes-128-gcm', derived('aes128gcm', 16), derived('nonce', 12));
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    const padded = Buffer.concat([decipher.update(body.subarray(keyEnd, -TAG_BYTES)), decipher.final()]);
    const end = padded.lastIndexOf(2);
    if (end === -1) throw new Error('the record has no end');
    return padded.subarray(0, end).toString();
  }
}
