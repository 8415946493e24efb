import { createHmac, timingSafeEqual } from 'node:crypto';
import { isUuid, uuidOf } from '../../libs/kernel/index.ts';
import { MAIL_WAYS, type MailWay, NOTIFICATION_KINDS, type NotificationKind } from '../../libs/words/index.ts';
import { type MailedTo, mailedToText } from './mailed-to.ts';

const ID_BYTES = 16;
const KINDS_BYTES = 2;
const MAC_BYTES = 16;
/** Of whose address the link was mailed to. */
const ADDRESS_BYTES = 8;
/** Links of mails sent before they named kinds. */
const BODY_WITHOUT_KINDS = ID_BYTES + 1;
const BODY_BYTES = BODY_WITHOUT_KINDS + KINDS_BYTES;
const BODIES = [BODY_WITHOUT_KINDS, BODY_BYTES].flatMap((length) => [length, length + ADDRESS_BYTES]);
const MOST_CHARACTERS = 100;

/** Whose mails end, and which. */
export interface Leaving {
  readonly memberId: string;
  readonly way: MailWay;
  /** What is mailed no more, on whatever way; null for all that comes by this way, such as a digest. */
  readonly kinds: readonly NotificationKind[] | null;
  /** A keyed hash of the address that the link was mailed to; left out in links of before. */
  readonly mailedTo?: string;
}

/**
 * The tokens of the links by which a mail is the last of its sort (RFC 8058): signed, kept nowhere and never too old, since
 * a mail may lie for years, while the member has the address that it was mailed to. Whoever has one can do no more than end
 * mails of the member.
 */
export class LeaveTokens {
  readonly #secret: () => string;

  constructor(secret: () => string) {
    this.#secret = secret;
  }

  /** Without a receiver the link counts whatever address the member has, as those of before do. */
  write({ memberId, way, kinds }: Leaving, receiver: MailedTo | null = null): string {
    const named = Buffer.alloc(kinds === null ? BODY_WITHOUT_KINDS : BODY_BYTES);
    named.write(memberId.replaceAll('-', ''), 'hex');
    named.writeUInt8(MAIL_WAYS.indexOf(way), ID_BYTES);
    if (kinds !== null) named.writeUInt16BE(bitsOf(kinds), BODY_WITHOUT_KINDS);
    const body = Buffer.concat([named, receiver === null ? Buffer.alloc(0) : this.#addressOf(receiver)]);
    return Buffer.concat([body, this.#mac(body)]).toString('base64url');
  }

  /** Null for one that the forum did not sign. */
  read(token: string): Leaving | null {
    const bytes = Buffer.from(token.length <= MOST_CHARACTERS ? token : '', 'base64url');
    const length = bytes.length - MAC_BYTES;
    if (!BODIES.includes(length) || bytes.toString('base64url') !== token) return null;
    const [body, mac] = [bytes.subarray(0, length), bytes.subarray(length)];
    const way = MAIL_WAYS[body[ID_BYTES] ?? MAIL_WAYS.length];
    if (!timingSafeEqual(mac, this.#mac(body)) || way === undefined) return null;
    const memberId = uuidOf(body.subarray(0, ID_BYTES));
    const isBound = length !== BODY_WITHOUT_KINDS && length !== BODY_BYTES;
    const named = isBound ? body.subarray(0, length - ADDRESS_BYTES) : body;
    const kinds = named.length === BODY_BYTES ? kindsOf(named.readUInt16BE(BODY_WITHOUT_KINDS)) : null;
    const mailedTo = isBound ? { mailedTo: body.subarray(named.length).toString('base64url') } : {};
    return isUuid(memberId) ? { memberId, way, kinds, ...mailedTo } : null;
  }

  /** Whether the member, as it is now, has the address that the link was mailed to, without a break. */
  isFor({ mailedTo }: Leaving, receiver: MailedTo | null): boolean {
    if (mailedTo === undefined) return true;
    return receiver !== null && this.#addressOf(receiver).toString('base64url') === mailedTo;
  }

  #addressOf(receiver: MailedTo): Buffer {
    return createHmac('sha256', this.#secret())
      .update('leave address\0')
      .update(mailedToText(receiver))
      .digest()
      .subarray(0, ADDRESS_BYTES);
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
