import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { isUuid, uuidOf } from '../../libs/kernel/index.ts';
import { TOKEN_CHARACTERS, TOKEN_PLACE } from '../../libs/words/index.ts';
import { type MailedTo, mailedToText } from './mailed-to.ts';

const ID_BYTES = 16;
const DAY_BYTES = 2;
const MAC_BYTES = 12;
const DAY_MS = 86_400_000;
/** The days for which a mail can be answered. */
export const REPLY_DAYS = 30;
/** 48 of them are 30 bytes. Lower case alone, since some mail servers fold the part before the @ (RFC 4648, base32hex). */
const DIGITS = '0123456789abcdefghijklmnopqrstuv';

export type ReadReply =
  | { readonly state: 'valid' | 'expired'; readonly commentId: string }
  | { readonly state: 'foreign' };

/**
 * The addresses at which told mails are answered, one for each comment and receiver: signed by a key for this purpose
 * alone, kept nowhere, and over after some days. The receiver is not in it but in its signature, with the receiver's own
 * address and the moment since when it is that: so it is worth nothing in anybody else's mail, nor once the address was
 * changed.
 */
export class ReplyAddresses {
  readonly #template: string;
  readonly #source: string;
  readonly #secret: () => string;

  /** `template` has `{token}` where the token goes. */
  constructor(template: string, secret: () => string) {
    this.#template = template;
    const [before = '', after = ''] = template.split(TOKEN_PLACE).map((part) => part.replaceAll(/[.+]/g, '\\$&'));
    this.#source = `${before}([${DIGITS}]{${TOKEN_CHARACTERS}})${after}`;
    this.#secret = secret;
  }

  /** `now` in milliseconds since 1970. */
  write(commentId: string, receiver: MailedTo, now: number): string {
    const day = Buffer.alloc(DAY_BYTES);
    day.writeUInt16BE(Math.floor(now / DAY_MS) + REPLY_DAYS);
    const body = Buffer.concat([Buffer.from(commentId.replaceAll('-', ''), 'hex'), day]);
    const token = base32(Buffer.concat([body, this.#mac(body, mailedToText(receiver))]));
    return this.#template.replace(TOKEN_PLACE, token);
  }

  /** The token of an address of this forum; null for any other address. */
  tokenIn(address: string): string | null {
    return new RegExp(`^${this.#source}$`, 'i').exec(address)?.[1]?.toLowerCase() ?? null;
  }

  /** One that an older version made counts while the member's address is from before its day. */
  read(token: string, receiver: MailedTo, now: number): ReadReply {
    const bytes = fromBase32(token);
    const body = bytes.subarray(0, ID_BYTES + DAY_BYTES);
    const mac = bytes.subarray(ID_BYTES + DAY_BYTES);
    if (mac.length !== MAC_BYTES || base32(bytes) !== token) return { state: 'foreign' };
    const lastDay = body.readUInt16BE(ID_BYTES);
    const isOlder = Date.parse(receiver.emailSince) < (lastDay - REPLY_DAYS) * DAY_MS;
    const signed = [mailedToText(receiver), ...(isOlder ? [receiver.memberId] : [])];
    if (!signed.some((text) => timingSafeEqual(mac, this.#mac(body, text)))) return { state: 'foreign' };
    const commentId = uuidOf(body.subarray(0, ID_BYTES));
    if (!isUuid(commentId)) return { state: 'foreign' };
    return { state: now < (lastDay + 1) * DAY_MS ? 'valid' : 'expired', commentId };
  }

  /** The text without addresses of this kind: who quotes one by mistake shows it to nobody. */
  without(text: string): string {
    return text.replaceAll(new RegExp(this.#source, 'gi'), '…');
  }

  #mac(body: Uint8Array, signed: string): Buffer {
    const key = Buffer.from(hkdfSync('sha256', this.#secret(), '', 'colloquy reply by mail', 32));
    return createHmac('sha256', key).update(body).update(signed).digest().subarray(0, MAC_BYTES);
  }
}

function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  const digits = bits.match(/.{1,5}/g) ?? [];
  return digits.map((five) => DIGITS.charAt(Number.parseInt(five.padEnd(5, '0'), 2))).join('');
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((digit) => DIGITS.indexOf(digit).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
