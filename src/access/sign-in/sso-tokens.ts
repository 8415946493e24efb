import { createVerifier } from 'fast-jwt';
import { DomainError, isRecord } from '../../../libs/kernel/index.ts';
import { GIVEN_ROLES, type Role } from '../../../libs/words/index.ts';

/** The longest time from now to a token's end, in seconds. */
const LONGEST_LIFE_S = 300;
const LONGEST_TOKEN = 4_096;
const LONGEST_ID = 255;
const LONGEST_NAME = 500;

/** The keys of the host blog; a token is checked with the one key that its algorithm belongs to, or refused. */
export interface SsoKeys {
  /** For HS256. */
  readonly secret: string | null;
  /** For EdDSA, as PEM. */
  readonly publicKey: string | null;
}

/** What the host blog says about one of its people. */
export interface SsoClaims {
  readonly subject: string;
  readonly jti: string;
  readonly name: string;
  readonly email: string | null;
  readonly locale: string | null;
  /** Null when the token names none. */
  readonly roles: readonly Role[] | null;
}

type Verify = (token: string) => unknown;

/** Reads tokens with which the host blog signs its people in. Each algorithm has a key of its own kind, so none passes for another. */
export class SsoTokens {
  readonly #verifiers = new Map<string, Verify>();
  readonly #audience: () => string;

  /** `audience` is the forum's address. */
  constructor({ secret, publicKey }: SsoKeys, audience: () => string) {
    const checks = { cache: false, requiredClaims: ['exp', 'aud', 'sub', 'jti', 'name'] };
    if (secret !== null)
      this.#verifiers.set('HS256', createVerifier({ ...checks, key: secret, algorithms: ['HS256'] }));
    if (publicKey !== null) {
      this.#verifiers.set('EdDSA', createVerifier({ ...checks, key: publicKey, algorithms: ['EdDSA'] }));
    }
    this.#audience = audience;
  }

  get isOn(): boolean {
    return this.#verifiers.size > 0;
  }

  /** Throws DomainError `login_failed` with the fault. */
  read(token: string, now: Date): SsoClaims {
    const verify = token.length <= LONGEST_TOKEN ? this.#verifiers.get(algorithmOf(token)) : undefined;
    if (verify === undefined) throw refused('is not signed as this forum asks for');
    const claims = verified(verify, token);
    const { aud, exp } = claims;
    if (![aud].flat().includes(this.#audience())) throw refused('is for another forum: aud must be its address');
    if (typeof exp !== 'number' || !(exp <= now.getTime() / 1000 + LONGEST_LIFE_S)) {
      throw refused(`lives too long: exp must be within ${LONGEST_LIFE_S} seconds`);
    }
    return claimsOf(claims);
  }
}

/** The word in the token's header; it only chooses among the keys that are set. */
function algorithmOf(token: string): string {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'));
    return isRecord(header) && typeof header['alg'] === 'string' ? header['alg'] : '';
  } catch {
    return '';
  }
}

function verified(verify: Verify, token: string): Readonly<Record<string, unknown>> {
  try {
    const claims = verify(token);
    if (isRecord(claims)) return claims;
  } catch {
    throw refused('is forged, malformed, incomplete, not valid yet, or has run out');
  }
  throw refused('is malformed');
}

function claimsOf({ sub, jti, name, email, locale, roles }: Readonly<Record<string, unknown>>): SsoClaims {
  return {
    subject: idOf(sub, 'sub'),
    jti: idOf(jti, 'jti'),
    name: textOf(name, 'name', LONGEST_NAME),
    email: email === undefined || email === null ? null : textOf(email, 'email', LONGEST_NAME),
    locale: locale === undefined || locale === null ? null : textOf(locale, 'locale', LONGEST_ID),
    roles: roles === undefined || roles === null ? null : rolesOf(roles),
  };
}

function textOf(value: unknown, claim: string, longest: number): string {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= longest) return value;
  throw refused(`has a wrong ${claim}: it must be a text of ${longest} characters at most`);
}

/** Control characters, and those that are drawn as nothing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Two ids that look the same would be two people. */
function idOf(value: unknown, claim: string): string {
  const id = textOf(value, claim, LONGEST_ID);
  if (!id.isWellFormed() || UNSEEN.test(id)) throw refused(`has a wrong ${claim}: it has a sign that nobody sees`);
  return id;
}

function rolesOf(value: unknown): readonly Role[] {
  const list: readonly unknown[] | null = Array.isArray(value) && value.length <= 20 ? value : null;
  if (list === null) throw refused('has wrong roles: they must be a list');
  return GIVEN_ROLES.filter((role) => list.includes(role));
}

function refused(fault: string): DomainError {
  return new DomainError('login_failed', `The sso token ${fault}.`, [{ field: 'sso', message: fault }]);
}
