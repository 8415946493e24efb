import { createHmac, timingSafeEqual } from 'node:crypto';
import { isUuid, uuidOf } from '../../libs/kernel/index.ts';
import { MAIL_WAYS, type MailWay } from '../../libs/words/index.ts';

const ID_BYTES = 16;
const MAC_BYTES = 16;
const MOST_CHARACTERS = 100;

/** Whose mails end, and which. */
export interface Leaving {
  readonly memberId: string;
  readonly way: MailWay;
}

/**
 * The tokens of the links by which a mail is the last of its way (RFC 8058): signed, kept nowhere and never too old, since
 * a mail may lie for years. Whoever has one can do no more than end these mails.
 */
export class LeaveTokens {
  readonly #secret: () => string;

  constructor(secret: () => string) {
    this.#secret = secret;
  }

  write({ memberId, way }: Leaving): string {
    const body = Buffer.concat([
      Buffer.from(memberId.replaceAll('-', ''), 'hex'),
      Buffer.from([MAIL_WAYS.indexOf(way)]),
    ]);
    return Buffer.concat([body, this.#mac(body)]).toString('base64url');
  }

  /** Null for one that the forum did not sign. */
  read(token: string): Leaving | null {
    const bytes = Buffer.from(token.length <= MOST_CHARACTERS ? token : '', 'base64url');
    if (bytes.length !== ID_BYTES + 1 + MAC_BYTES || bytes.toString('base64url') !== token) return null;
    const [body, mac] = [bytes.subarray(0, ID_BYTES + 1), bytes.subarray(ID_BYTES + 1)];
    const way = MAIL_WAYS[body[ID_BYTES] ?? MAIL_WAYS.length];
    if (!timingSafeEqual(mac, this.#mac(body)) || way === undefined) return null;
    const memberId = uuidOf(body.subarray(0, ID_BYTES));
    return isUuid(memberId) ? { memberId, way } : null;
  }

  #mac(body: Uint8Array): Buffer {
    return createHmac('sha256', this.#secret()).update('leave\0').update(body).digest().subarray(0, MAC_BYTES);
  }
}
