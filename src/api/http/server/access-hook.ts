import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, parsePosition } from '../../../../libs/kernel/index.ts';
import type { Views } from '../../../../libs/projections/index.ts';
import { addressAsked, networkOf } from '../../../access/network.ts';
import { requirePermission } from '../../../access/permission-table.ts';
import type { Principal } from '../../../access/principal.ts';
import type { PublicAddress } from '../../../access/public-address.ts';
import type { RateLimits } from '../../../access/rate-limits.ts';
import { asksForPrograms, isNavigation, type RouteGuard } from '../../../access/request.ts';
import { Banned } from '../../../access/sign-in/banned.ts';
import { drawnFor, isDrawnFor, someoneElse } from '../../../access/sign-in/drawn-for.ts';
import { FrameSites } from '../../../access/sign-in/frame-sites.ts';
import { FRAMED_BEFORE } from '../../../access/sign-in/framed.ts';
import {
  clearSessionCookie,
  isOfFrame,
  renewSessionCookie,
  sessionTokenIn,
} from '../../../access/sign-in/session-cookie.ts';
import type { Sessions } from '../../../access/sign-in/sessions.ts';
import type { Permission } from '../../../permissions.ts';

export interface AccessParts {
  readonly sessions: Sessions;
  readonly limits: RateLimits;
  readonly address: PublicAddress;
  readonly views: Pick<Views, 'reached'>;
  /** Whether the site takes guests now. */
  readonly guests: () => boolean;
  /** The origins whose pages may show the discussion of the page with this address. */
  readonly hostsOf: (url: string) => readonly string[];
}

const BEARER = 'Bearer ';
const METRICS = 'GET /metrics';
/**
 * Files that are the same for everybody: no session is asked for, so that a page whose member was banned gets its programs on, and
 * their answers, which anyone may keep and pass on, carry no cookie.
 */
const FILES: ReadonlySet<string | undefined> = new Set([
  '/.well-known/security.txt',
  '/api/v1/audit/tlog/tile/*',
  '/assets/:file',
  '/audit/verifier.mjs',
  '/brand/:file',
  '/counts',
  '/counts.js',
  '/embed.js',
  '/images/:file',
  '/manifest.webmanifest',
  '/sw.js',
]);
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Finds out who asks and whether that is allowed: the permission table's one gate for every route, before its body is
 * read.
 */
export class AccessHook {
  readonly #parts: AccessParts;
  readonly #frames: FrameSites;

  constructor(parts: AccessParts) {
    this.#parts = parts;
    this.#frames = new FrameSites(parts.hostsOf);
  }

  /**
   * Undefined when the request is let in without a wait. An address without a route is looked up among the old
   * addresses, which counts as a read, whatever its method.
   * Throws, or rejects with, DomainError: unauthenticated, token_expired, foreign_origin, forbidden, rate_limited,
   * invalid, not_caught_up.
   */
  check(request: FastifyRequest, reply: FastifyReply, route: RouteGuard | undefined): Promise<void> | undefined {
    if (route === undefined) return this.#parts.limits.take('read', networkOf(addressAsked(request)));
    // A bearer of /metrics is no session; the route itself checks it.
    if (route.name === METRICS) return undefined;
    const kind = route.lane === 'files' ? 'file' : 'read';
    const counted = SAFE_METHODS.has(request.method)
      ? this.#parts.limits.take(kind, networkOf(addressAsked(request)))
      : undefined;
    const known = counted === undefined && route.forPrograms && this.#knowsAtOnce(request);
    if (!known) return this.#ask(request, reply, { permission: route.permission, counted });
    this.#require(route.permission, request.principal);
    return undefined;
  }

  /**
   * Asks again who it is once the body is there, since a body may come long after its head: a session that ended meanwhile
   * does nothing any more. Undefined for one that goes on. Throws, or rejects, as `check` does.
   */
  checkAgain(request: FastifyRequest, reply: FastifyReply, route: RouteGuard | undefined): Promise<void> | undefined {
    if (route === undefined || SAFE_METHODS.has(request.method)) return undefined;
    const isBanned = request.sessionRefusal instanceof Banned && route.permission === 'guest';
    if (request.principal === null && !isBanned) {
      requireMember(request, route.permission);
      return undefined;
    }
    const isBearer = request.session === 'bearer';
    const given = isBearer
      ? bearerOf(request)?.slice(BEARER.length)
      : sessionTokenIn(request.cookies, this.#parts.address);
    const token = given ?? '';
    const goesOn =
      request.principal !== null &&
      this.#parts.sessions.recognized(token) !== undefined &&
      this.#isOnItsSite(request, request.principal, true) &&
      (isBearer || isDrawnFor(request.principal, drawnFor(request)));
    return !goesOn ? this.#askAgain(request, reply, { permission: route.permission, token }) : undefined;
  }

  async #askAgain(
    request: FastifyRequest,
    reply: FastifyReply,
    { permission, token }: { readonly permission: Permission; readonly token: string },
  ): Promise<void> {
    const bearer = request.session === 'bearer' ? bearerOf(request) : undefined;
    Object.assign(request, { principal: null, session: null, sessionRefusal: null });
    if (bearer === undefined) await this.#byCookie(request, reply, { cookie: token, permission, bodyIsThere: true });
    else await this.#byBearer(request, bearer);
    this.#require(permission, request.principal);
    requireMember(request, permission);
  }

  /** True for a request without a session, or with a bearer's that is known here, when it waits for no position. */
  #knowsAtOnce(request: FastifyRequest): boolean {
    const { cookie, 'colloquy-after': after } = request.headers;
    if (cookie !== undefined || after !== undefined) return false;
    const bearer = bearerOf(request);
    if (bearer === undefined) return true;
    if (!bearer.startsWith(BEARER)) return false;
    const principal = this.#parts.sessions.recognized(bearer.slice(BEARER.length));
    if (principal === undefined) return false;
    request.principal = principal;
    request.session = 'bearer';
    return true;
  }

  async #ask(
    request: FastifyRequest,
    reply: FastifyReply,
    { permission, counted }: { readonly permission: Permission; readonly counted: Promise<void> | undefined },
  ): Promise<void> {
    await counted;
    await this.#hasSeen(request);
    const bearer = bearerOf(request);
    const isFile = FILES.has(request.routeOptions.url);
    const cookie = isFile ? undefined : sessionTokenIn(request.cookies, this.#parts.address);
    const byBearer = bearer !== undefined && (await this.#byBearer(request, bearer));
    if (!byBearer) {
      const byCookie = cookie !== undefined;
      if (byCookie || !asksForPrograms(request)) this.#requireOwnOrigin(request);
      if (byCookie) await this.#byCookie(request, reply, { cookie, permission });
      if (request.session === 'cookie' && isForApi(request)) this.#requireOwn(request);
      if (request.session === 'cookie' && byCookie) this.#renew(reply, cookie);
    }
    this.#require(permission, request.principal);
  }

  #require(permission: Permission, principal: Principal | null): void {
    const isGuest = permission === 'guest' && principal === null && this.#parts.guests();
    if (!isGuest) requirePermission(permission, principal);
  }

  /**
   * Waits for `Colloquy-After`, so that on every node people are judged by, and answered with, what they wrote or saw
   * before.
   */
  async #hasSeen(request: FastifyRequest): Promise<void> {
    const after = request.headers['colloquy-after'];
    if (after === undefined) return;
    const position = parsePosition(after);
    if (position === undefined) throw malformedPosition();
    await this.#parts.views.reached(position);
    request.seen = position;
  }

  /** False for a page that a bearer which does not count comes along with: pages go by the cookie then. */
  async #byBearer(request: FastifyRequest, authorization: string): Promise<boolean> {
    const token = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization)?.[1];
    try {
      if (token === undefined)
        throw new DomainError('unauthenticated', 'The Authorization header must be "Bearer" and a session token.');
      request.principal = await this.#parts.sessions.authenticate(token);
      request.session = 'bearer';
      return true;
    } catch (error) {
      if (asksForPrograms(request) || !isRefusedSession(error)) throw error;
      return false;
    }
  }

  async #byCookie(
    request: FastifyRequest,
    reply: FastifyReply,
    { cookie, permission, bodyIsThere = false }: ByCookie,
  ): Promise<void> {
    try {
      const { sessions } = this.#parts;
      const principal = sessions.recognized(cookie) ?? (await sessions.authenticate(cookie));
      if (!this.#isOnItsSite(request, principal, bodyIsThere)) return;
      const isOlder = principal.framed === undefined && isOfFrame(request.cookies, this.#parts.address);
      request.principal = isOlder ? { ...principal, framed: FRAMED_BEFORE } : principal;
      request.session = 'cookie';
    } catch (error) {
      if (error instanceof Banned && !this.#isOnItsSite(request, error, bodyIsThere)) return;
      if (isReadOn(request, permission, error) || this.#waits(request, error, { permission, bodyIsThere }))
        return this.#readOn(request, error);
      if (!isRefusedSession(error)) throw error;
      // The answer may come after another one, which has given the browser a session: to the first press of this form, or to
      // another tab beside a frame or a page. That one stays.
      const isLate = isForm(request) || !isNavigation(request) || isOfFrame(request.cookies, this.#parts.address);
      if (!isLate) clearSessionCookie(reply, this.#parts.address);
      if (permission !== 'anyone' && asksForPrograms(request)) throw error;
    }
    this.#requireDrawnFor(request, permission);
  }

  /**
   * Who came after in this browser neither reads nor writes by a page that still stands open; their session stays. What
   * anyone may read is read on as by somebody without an account.
   */
  #requireDrawnFor(request: FastifyRequest, permission: Permission): void {
    if (request.principal === null || isDrawnFor(request.principal, drawnFor(request))) return;
    const refusal = someoneElse();
    this.#readOn(request, refusal);
    if (permission !== 'anyone' || !SAFE_METHODS.has(request.method)) throw refusal;
  }

  #readOn(request: FastifyRequest, sessionRefusal: DomainError): void {
    Object.assign(request, { principal: null, session: null, sessionRefusal });
  }

  /** A form of guests tells in its body on which site it stands: what is banned on another one is asked again then. */
  #waits(
    request: FastifyRequest,
    error: unknown,
    { permission, bodyIsThere }: { readonly permission: Permission; readonly bodyIsThere: boolean },
  ): error is Banned {
    const isOfSite = error instanceof Banned && Boolean(error.framed?.site);
    return isOfSite && permission === 'guest' && !bodyIsThere && isForm(request) && this.#parts.guests();
  }

  /** A session that was opened by a frame counts on its own site alone, as its ban does; elsewhere nobody is signed in. */
  #isOnItsSite(request: FastifyRequest, { framed }: Pick<Principal, 'framed'>, bodyIsThere: boolean): boolean {
    if (!framed?.site || request.session === 'bearer') return true;
    return this.#frames.isOn(framed.site, request, { bodyIsThere });
  }

  /** A request by cookie has used its session. A cookie that the route sets later replaces this one. */
  #renew(reply: FastifyReply, cookie: string): void {
    const renewed = this.#parts.sessions.renewed(cookie, new Date());
    if (renewed !== undefined) renewSessionCookie(reply, renewed, this.#parts.address);
  }

  /**
   * A cookie goes along with any page's request, and a form can even sign somebody in as another without one. Only the
   * forum's own pages may do either.
   */
  #requireOwnOrigin(request: FastifyRequest): void {
    if (SAFE_METHODS.has(request.method)) return;
    this.#requireOwn(request);
    // The cookie of a frame goes along from pages of other sites: a write by it says that the forum's own page made it.
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (origin !== undefined || site === 'same-origin' || !isOfFrame(request.cookies, this.#parts.address)) return;
    throw foreignOrigin();
  }

  /** Answers of the API by a cookie are for the forum's own pages, reads included; see PublicAddress.isForeign. */
  #requireOwn({ headers, method }: FastifyRequest): void {
    if (!this.#parts.address.isForeign(headers, method)) return;
    throw foreignOrigin();
  }
}

interface ByCookie {
  readonly cookie: string;
  readonly permission: Permission;
  readonly bodyIsThere?: boolean;
}

/** What a member's page sends is no guest's once their session has ended: its words are that member's alone. */
function requireMember(request: FastifyRequest, permission: Permission): void {
  if (permission !== 'guest' || request.principal !== null || (drawnFor(request) ?? '') === '') return;
  throw new DomainError('unauthenticated', 'The member of this page is not signed in any more.');
}

/** The `Authorization` of the scheme Bearer; another one is a matter of a proxy before the forum. */
function bearerOf({ headers: { authorization } }: FastifyRequest): string | undefined {
  return authorization !== undefined && /^Bearer( |$)/i.test(authorization) ? authorization : undefined;
}

function foreignOrigin(): DomainError {
  return new DomainError('foreign_origin', 'A page of another site may not do this with your session.');
}

function isForApi({ routeOptions, url }: FastifyRequest): boolean {
  return (routeOptions.url ?? url).startsWith('/api/');
}

function isForm(request: FastifyRequest): boolean {
  return !SAFE_METHODS.has(request.method) && !asksForPrograms(request);
}

function malformedPosition(): DomainError {
  const message = 'must be a position, a decimal number of 19 digits at most';
  return new DomainError('invalid', `Colloquy-After ${message}.`, [{ field: 'Colloquy-After', message }]);
}

/**
 * A banned member does in frames and by programs what anyone may, so that a page which stands open shows what it shows to
 * strangers. Pages of the forum tell of the ban first.
 */
function isReadOn(request: FastifyRequest, permission: Permission, error: unknown): error is DomainError {
  const isBanned = error instanceof DomainError && error.code === 'banned';
  return isBanned && permission === 'anyone' && (asksForPrograms(request) || isOfFrames(request));
}

function isOfFrames({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.url === '/embed' || routeOptions.url?.startsWith('/embed/') === true;
}

function isRefusedSession(error: unknown): boolean {
  return error instanceof DomainError && (error.code === 'unauthenticated' || error.code === 'token_expired');
}
