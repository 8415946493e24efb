import { createHash, randomBytes } from 'node:crypto';
import { isUuid } from '../../libs/kernel/index.ts';

/** Bytes of chance in a link. */
const SECRET_BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** A link as its holder has it: which one, and the hash of its secret. */
export interface LinkToken {
  readonly linkId: string;
  readonly hash: string;
}

/** `<linkId>.<secret>`; the secret stands in no other place than the mail. */
export function newLinkToken(linkId: string): LinkToken & { readonly token: string } {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { linkId, hash: hashOf(secret), token: `${linkId}.${secret}` };
}

/** Undefined for a text that is no link of any forum, such as one that was cut. */
export function linkTokenIn(text: string): LinkToken | undefined {
  const [linkId, secret, ...more] = text.split('.', 3);
  if (!isUuid(linkId) || secret === undefined || !SECRET.test(secret) || more.length > 0) return undefined;
  return { linkId, hash: hashOf(secret) };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
