import { randomUUID } from 'node:crypto';
import { createSigner, createVerifier, TokenError } from 'fast-jwt';
import { LRUCache } from 'lru-cache';
import {
  DomainError,
  formatPosition,
  growingTo,
  isRecord,
  isUuid,
  type Position,
  parsePosition,
} from '../../../libs/kernel/index.ts';
import type { Standing, Standings } from '../../views/members/members.query-types.ts';
import type { Principal } from '../principal.ts';
import { Banned } from './banned.ts';
import { type Framed, framedIn } from './framed.ts';

/** Days after its sign-in at which a session ends, however much it is used. */
export const SESSION_DAYS = 30;
const DAY_S = 86_400;
/** The share of the idle limit after which a cookie is renewed, so that few answers carry one. */
const RENEWED_AFTER = 0.1;
/** The number of remembered tokens; a repeated one costs no HMAC. */
const KNOWN_TOKENS = 10_000;
const LONGEST_TOKEN = 2_048;

/** The claims of a session token. The roles are read from the members view at each use, never from the token. */
interface Claims {
  readonly sub: string;
  readonly sid: string;
  /** Seconds since 1970: when the session was last signed in or renewed. */
  readonly iat: number;
  /** Seconds since 1970: when the session ends unless it is renewed. */
  readonly exp: number;
  /** Milliseconds since 1970: when the credentials were read, finer than `iat`. */
  readonly at: number;
  /** The position of the sign-in in the log; a node that has not read so far waits for its members view. */
  readonly pos: string;
  readonly framed?: Framed;
  /** It is no session: while the member is banned it tells so, and nothing else. */
  readonly tellsBan?: true;
}

/** A session that is opened. */
export interface OpenedSession {
  readonly memberId: string;
  readonly sessionId: string;
  readonly framed?: Framed;
}

export interface IssuedSession {
  readonly token: string;
  readonly sessionId: string;
  readonly expiresAt: string;
}

interface Tokens {
  readonly sign: (claims: Claims) => string;
  readonly verify: (token: string) => unknown;
}

interface KnownToken {
  readonly claims: Claims;
  /** The member as it was when the token was last checked; a change makes another object. */
  readonly standing: Standing;
  readonly principal: Principal;
  /** The newest day, in days since 1970, of which was told that the session was used. */
  seenOn: number;
}

/** The use of a session on a day. */
export interface SeenSession {
  readonly memberId: string;
  readonly sessionId: string;
  /** `2015-10-05`, in UTC. */
  readonly day: string;
}

export interface SessionSources {
  /** Called at the first use; throws while the secret is not known. */
  readonly secret: () => string;
  readonly standings: Standings;
  /** Days after which an unused session ends. */
  readonly idleDays: number;
  /** Told on each day on which a session is used after the day of its sign-in. */
  readonly seen: (session: SeenSession) => void;
  /** Resolves once the views have reached the position; DomainError not_caught_up after 2 s. */
  readonly reached: (position: Position) => Promise<void>;
}

/** Signs and checks session tokens (JWT, HS256), the same for HTTP, live and pages. */
export class Sessions {
  readonly #sources: SessionSources;
  readonly #known = new LRUCache<string, KnownToken>(growingTo(KNOWN_TOKENS));
  #tokens: Tokens | undefined;

  constructor(sources: SessionSources) {
    this.#sources = sources;
  }

  /** `at` is the moment at which the credentials were read, `position` that of the recorded sign-in. */
  issue({ memberId, sessionId, framed }: OpenedSession, at: Date, position: Position): IssuedSession {
    const claims = { sub: memberId, sid: sessionId, at: at.getTime(), pos: formatPosition(position) };
    return this.#sign({ ...claims, ...(framed && { framed }) }, at);
  }

  /** What a browser has in place of the session of a member who is banned, for a day: it opens nothing, also once the ban ends. */
  noteOfBan({ memberId: sub, framed }: Pick<Banned, 'memberId' | 'framed'>, now: Date): IssuedSession {
    const [iat, sid] = [Math.floor(now.getTime() / 1000), randomUUID()];
    const note = {
      sub,
      sid,
      at: now.getTime(),
      pos: formatPosition(0n),
      iat,
      exp: iat + DAY_S,
      tellsBan: true,
    } as const;
    const token = this.#codec().sign({ ...note, ...(framed && { framed }) });
    return { token, sessionId: sid, expiresAt: moment(note.exp) };
  }

  /**
   * The same session with a later end, for a token that was authenticated here just now; undefined when it was renewed
   * lately, or can end no later. Nothing is recorded: each node renews by the token alone.
   */
  renewed(token: string, now: Date): IssuedSession | undefined {
    const claims = this.#known.get(token)?.claims;
    if (claims === undefined) return undefined;
    const unusedFor = now.getTime() / 1000 - claims.iat;
    if (unusedFor < this.#sources.idleDays * DAY_S * RENEWED_AFTER) return undefined;
    return this.#endOf(claims, now) > claims.exp ? this.#sign(claims, now) : undefined;
  }

  /**
   * The member behind a token that was authenticated here before, while neither has changed since; undefined when
   * `authenticate` has to check.
   */
  recognized(token: string): Principal | undefined {
    const known = this.#known.get(token);
    if (known === undefined || known.claims.exp * 1000 <= Date.now()) return undefined;
    const { standings } = this.#sources;
    const same = standings.known(known.claims.sub) === known.standing && !standings.ended(known.claims.sid);
    if (!same) return undefined;
    this.#see(known);
    return known.principal;
  }

  /**
   * The member behind a token, as it is now.
   * Throws DomainError `token_expired`, `banned`, and `unauthenticated` when the token is forged, malformed or signed
   * out, or when the member's password has changed since.
   */
  async authenticate(token: string): Promise<Principal> {
    const claims = this.#read(token);
    const position = parsePosition(claims.pos);
    if (position !== undefined) await this.#sources.reached(position);
    if (this.#sources.standings.ended(claims.sid)) {
      throw new DomainError('unauthenticated', 'This session was signed out. Sign in again.');
    }
    const standing = await this.#sources.standings.of(claims.sub);
    if (standing === undefined) throw new DomainError('unauthenticated', 'This session belongs to no member.');
    if (standing.banned) throw new Banned(claims.sub, claims.framed);
    if (claims.tellsBan) throw new DomainError('unauthenticated', 'The ban that this tells of is over. Sign in again.');
    if (claims.at < Date.parse(standing.sessionsFrom)) {
      throw new DomainError('unauthenticated', 'The password was changed since. Sign in again.');
    }
    if (isEndedByAnother(claims, standing)) {
      throw new DomainError('unauthenticated', 'This session was ended from another device. Sign in again.');
    }
    const principal = principalOf(standing, claims);
    const before = this.#known.get(token)?.seenOn ?? dayOf(claims.at);
    const known: KnownToken = { claims, standing, principal, seenOn: before };
    this.#known.set(token, known);
    this.#see(known);
    return principal;
  }

  #see(known: KnownToken): void {
    const today = dayOf(Date.now());
    if (today <= known.seenOn) return;
    known.seenOn = today;
    const { sub: memberId, sid: sessionId } = known.claims;
    this.#sources.seen({ memberId, sessionId, day: moment(today * DAY_S).slice(0, 10) });
  }

  #sign({ sub, sid, at, pos, framed }: Omit<Claims, 'iat' | 'exp'>, usedAt: Date): IssuedSession {
    const exp = this.#endOf({ at }, usedAt);
    const iat = Math.floor(usedAt.getTime() / 1000);
    const claims = { sub, sid, at, pos, iat, exp, ...(framed && { framed }) };
    return { token: this.#codec().sign(claims), sessionId: sid, expiresAt: moment(exp) };
  }

  /** Seconds since 1970: the end of a session that is used no more. */
  #endOf(session: Pick<Claims, 'at'>, usedAt: Date): number {
    const idle = Math.floor(usedAt.getTime() / 1000) + this.#sources.idleDays * DAY_S;
    return Math.min(idle, lastSecond(session));
  }

  #codec(): Tokens {
    if (this.#tokens === undefined) {
      const key = this.#sources.secret();
      this.#tokens = {
        sign: createSigner({ key, algorithm: 'HS256' }),
        verify: createVerifier({ key, algorithms: ['HS256'] }),
      };
    }
    return this.#tokens;
  }

  #read(token: string): Claims {
    const { verify } = this.#codec();
    let claims: unknown;
    try {
      claims = token.length <= LONGEST_TOKEN ? verify(token) : undefined;
    } catch (error) {
      if (error instanceof TokenError && error.code === TokenError.codes.expired) {
        throw new DomainError('token_expired', 'This session has run out. Sign in again.');
      }
      claims = undefined;
    }
    return claimsIn(claims);
  }
}

/** Whether the session began within this many milliseconds, however often it was renewed since. */
export function signedInWithin(ms: number, { sessionEndsAt }: Principal): boolean {
  return Date.now() - (Date.parse(sessionEndsAt) - SESSION_DAYS * DAY_S * 1000) <= ms;
}

/** When a session was signed in, RFC 3339. */
export function openedAt({ sessionEndsAt }: Pick<Principal, 'sessionEndsAt'>): string {
  return moment(Date.parse(sessionEndsAt) / 1000 - SESSION_DAYS * DAY_S);
}

/** When a session that is signed in at a moment is over at the latest, RFC 3339. */
export function endOfSession(at: Date): string {
  return moment(lastSecond({ at: at.getTime() }));
}

/** Positions tell what came first, whatever the clocks of the nodes say. */
function isEndedByAnother({ sid, pos }: Claims, { othersEnded }: Standing): boolean {
  if (othersEnded === null || othersEnded.except === sid) return false;
  const opened = parsePosition(pos);
  return opened === undefined || opened < othersEnded.position;
}

function principalOf(standing: Standing, claims: Claims): Principal {
  return {
    memberId: standing.memberId,
    handle: standing.handle,
    displayName: standing.displayName,
    roles: standing.roles,
    locale: standing.locale,
    ...(standing.reads && { reads: standing.reads }),
    ...(standing.translationsShown && { translationsShown: standing.translationsShown }),
    membership: standing.membership,
    sessionId: claims.sid,
    sessionExpiresAt: moment(claims.exp),
    sessionEndsAt: moment(lastSecond(claims)),
    ...(claims.framed && { framed: claims.framed }),
  };
}

function lastSecond({ at }: Pick<Claims, 'at'>): number {
  return Math.floor(at / 1000) + SESSION_DAYS * DAY_S;
}

/** Days since 1970 of milliseconds since then. */
function dayOf(at: number): number {
  return Math.floor(at / 1000 / DAY_S);
}

function moment(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/** Throws DomainError `unauthenticated` unless it has the claims of this forum's tokens. */
function claimsIn(value: unknown): Claims {
  const { sub, sid, iat, exp, at, pos, framed: told, tellsBan } = isRecord(value) ? value : {};
  const isNamed = isUuid(sub) && isUuid(sid) && typeof pos === 'string' && parsePosition(pos) !== undefined;
  const framed = framedIn(told);
  if (isNamed && isMoment(iat) && isMoment(exp) && isMoment(at))
    return { sub, sid, iat, exp, at, pos, ...(framed && { framed }), ...(tellsBan === true && { tellsBan }) };
  throw new DomainError('unauthenticated', 'This is no session token of this forum.');
}

function isMoment(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
