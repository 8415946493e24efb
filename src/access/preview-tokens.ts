import { createHmac, timingSafeEqual } from 'node:crypto';
import { isUuid, uuidOf } from '../../libs/kernel/index.ts';

const ID_BYTES = 16;
const MAC_BYTES = 16;
const CHARACTERS = 43;

/** The tokens of preview links: the id of the link, signed with a secret of the forum and kept nowhere. */
export class PreviewTokens {
  readonly #secret: () => string;

  constructor(secret: () => string) {
    this.#secret = secret;
  }

  write(previewId: string): string {
    const id = Buffer.from(previewId.replaceAll('-', ''), 'hex');
    return Buffer.concat([id, this.#mac(id)]).toString('base64url');
  }

  /** The id of the link; null for a token that the forum did not sign. */
  read(token: string): string | null {
    const bytes = Buffer.from(token.length === CHARACTERS ? token : '', 'base64url');
    if (bytes.length !== ID_BYTES + MAC_BYTES || bytes.toString('base64url') !== token) return null;
    const id = bytes.subarray(0, ID_BYTES);
    if (!timingSafeEqual(bytes.subarray(ID_BYTES), this.#mac(id))) return null;
    const previewId = uuidOf(id);
    return isUuid(previewId) ? previewId : null;
  }

  #mac(id: Uint8Array): Buffer {
    return createHmac('sha256', this.#secret()).update('preview\0').update(id).digest().subarray(0, MAC_BYTES);
  }
}
