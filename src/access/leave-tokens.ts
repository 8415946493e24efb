import { createHmac, timingSafeEqual } from 'node:crypto';
import { isUuid, uuidOf } from '../../libs/kernel/index.ts';
import { MAIL_WAYS, type MailWay, NOTIFICATION_KINDS, type NotificationKind } from '../../libs/words/index.ts';

const ID_BYTES = 16;
const KINDS_BYTES = 2;
const MAC_BYTES = 16;
/** Links of mails sent before they named kinds. */
const BODY_WITHOUT_KINDS = ID_BYTES + 1;
const BODY_BYTES = BODY_WITHOUT_KINDS + KINDS_BYTES;
const MOST_CHARACTERS = 100;

/** Whose mails end, and which. */
export interface Leaving {
  readonly memberId: string;
  readonly way: MailWay;
  /** What is mailed no more, on whatever way; null for all that comes by this way, such as a digest. */
  readonly kinds: readonly NotificationKind[] | null;
}

/**
 * The tokens of the links by which a mail is the last of its sort (RFC 8058): signed, kept nowhere and never too old, since
 * a mail may lie for years. Whoever has one can do no more than end mails of the member.
 */
export class LeaveTokens {
  readonly #secret: () => string;

  constructor(secret: () => string) {
    this.#secret = secret;
  }

  write({ memberId, way, kinds }: Leaving): string {
    const body = Buffer.alloc(kinds === null ? BODY_WITHOUT_KINDS : BODY_BYTES);
    body.write(memberId.replaceAll('-', ''), 'hex');
    body.writeUInt8(MAIL_WAYS.indexOf(way), ID_BYTES);
    if (kinds !== null) body.writeUInt16BE(bitsOf(kinds), BODY_WITHOUT_KINDS);
    return Buffer.concat([body, this.#mac(body)]).toString('base64url');
  }

  /** Null for one that the forum did not sign. */
  read(token: string): Leaving | null {
    const bytes = Buffer.from(token.length <= MOST_CHARACTERS ? token : '', 'base64url');
    const length = bytes.length - MAC_BYTES;
    if (![BODY_WITHOUT_KINDS, BODY_BYTES].includes(length) || bytes.toString('base64url') !== token) return null;
    const [body, mac] = [bytes.subarray(0, length), bytes.subarray(length)];
    const way = MAIL_WAYS[body[ID_BYTES] ?? MAIL_WAYS.length];
    if (!timingSafeEqual(mac, this.#mac(body)) || way === undefined) return null;
    const memberId = uuidOf(body.subarray(0, ID_BYTES));
    const kinds = length === BODY_BYTES ? kindsOf(body.readUInt16BE(BODY_WITHOUT_KINDS)) : null;
    return isUuid(memberId) ? { memberId, way, kinds } : null;
  }

  #mac(body: Uint8Array): Buffer {
    return createHmac('sha256', this.#secret()).update('leave\0').update(body).digest().subarray(0, MAC_BYTES);
  }
}

/** A bit for each kind, by its place in the list of kinds, which only grows at its end. */
function bitsOf(kinds: readonly NotificationKind[]): number {
  return NOTIFICATION_KINDS.reduce((bits, kind, place) => (kinds.includes(kind) ? bits + 2 ** place : bits), 0);
}

function kindsOf(bits: number): readonly NotificationKind[] {
  return NOTIFICATION_KINDS.filter((_, place) => Math.floor(bits / 2 ** place) % 2 === 1);
}
