import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { RECOVERY_CODES } from '../../../libs/words/index.ts';

/** Seconds for which a code is shown. */
const PERIOD = 30;
/** Bytes: as long as the hash of RFC 4226 asks for. */
const SECRET_BYTES = 20;
/** Periods before and after the present one whose codes are accepted, for clocks that differ. */
const WINDOW = 1;
/** Characters of a recovery code: 120 bits, more than the 112 below which a plain hash is too little. */
const RECOVERY_LENGTH = 24;
/** The digits of base32 (RFC 4648) in lower case, which no reader takes for each other. */
const DIGITS = 'abcdefghijklmnopqrstuvwxyz234567';

/** What a code proves: the time step of the secret that it is of, or a recovery code as its hash. */
export type ProvedCode =
  | { readonly kind: 'totp'; readonly secret: string; readonly step: number }
  | { readonly kind: 'recovery'; readonly hash: string };

/** A new secret in base32. */
export function newSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** The address that an authenticator reads from a QR code (otpauth://). */
export function otpauthUri(
  secret: string,
  { issuer, label }: { readonly issuer: string; readonly label: string },
): string {
  return totpOf(secret, { issuer, label }).toString();
}

/** What a typed code proves to the rules. What is no right code of the secret is taken for a recovery code. */
export function proofIn(typed: string, secret: string | null, now: number): ProvedCode {
  const code = typed.replace(/[\s-]/g, '').toLowerCase();
  const totp = secret !== null && /^\d{6}$/.test(code) ? totpProof(code, secret, now) : null;
  return totp ?? { kind: 'recovery', hash: hashOf(code) };
}

/** New recovery codes as the member sees them once, and the hashes that are kept. */
export function newRecoveryCodes(): { readonly codes: readonly string[]; readonly hashes: readonly string[] } {
  const plain = Array.from({ length: RECOVERY_CODES }, recoveryCode);
  return { codes: plain.map(inGroups), hashes: plain.map(hashOf) };
}

function totpProof(token: string, secret: string, now: number): ProvedCode | null {
  const delta = totpOf(secret).validate({ token, timestamp: now, window: WINDOW });
  return delta === null ? null : { kind: 'totp', secret, step: Math.floor(now / 1000 / PERIOD) + delta };
}

function totpOf(secret: string, named: { readonly issuer?: string; readonly label?: string } = {}): TOTP {
  return new TOTP({ ...named, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: PERIOD });
}

/** 256 is a multiple of 32, so each digit is as likely as every other. */
function recoveryCode(): string {
  return [...randomBytes(RECOVERY_LENGTH)].map((byte) => DIGITS[byte % DIGITS.length]).join('');
}

function inGroups(code: string): string {
  return code.replace(/.{4}(?!$)/g, '$&-');
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
