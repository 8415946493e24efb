import type { FastifyRequest } from 'fastify';
import type { DomainError, Position } from '../../libs/kernel/index.ts';
import type { Permission } from '../permissions.ts';
import type { LaneName } from './admission/admission.ts';
import type { Pass } from './admission/lane.ts';
import type { Principal } from './principal.ts';

/** A file of a form. */
export interface SentFile {
  readonly bytes: Uint8Array;
  /** The media type that the sender states, which may be wrong. */
  readonly type: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The person who asks; null for a reader without an account. Set before any handler runs. */
    principal: Principal | null;
    /** The way in which the principal was recognised. A page renews a cookie, never a bearer's session. */
    session: 'cookie' | 'bearer' | null;
    /** Why the session that came along does not count, where somebody without one is answered all the same. */
    sessionRefusal: DomainError | null;
    /** The position of `Colloquy-After`, which the views have reached but for those that no write waits for. */
    seen: Position | null;
    /** The right to be worked on; null for a request that needs none, and before the right is given. */
    pass: Pass | null;
  }

  interface FastifyContextConfig {
    /** Set when the route was registered; an address without a route has none. */
    guard?: RouteGuard;
    /** The most entries of lists in a JSON body, where the route allows more than usual (see parseJson). */
    mostEntries?: number;
    /** Whether the route takes forms with files. */
    takesFiles?: boolean;
    /** Whether the route takes an image, and other fields beside it, which it gives back with a refusal. */
    takesImage?: 'alone' | 'with-fields';
    /** Whether the route takes an export of another system. */
    takesExport?: boolean;
    /** Whether the route takes mails. */
    takesMails?: boolean;
  }
}

/** What permissions.ts says of a route. */
export interface RouteGuard {
  /** The entry's name, such as `GET /api/v1/posts`. */
  readonly name: string;
  readonly permission: Permission;
  /** The answer of `isForPrograms` for its path. */
  readonly forPrograms: boolean;
  readonly lane: LaneName | null;
}

/** The member behind a route for members alone; the access hook lets nobody else reach it. */
export function memberOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new Error(`${request.method} ${request.url} was reached without a member`);
  return request.principal;
}

/** True for the API, health and metrics, which answer with JSON problems; all others are pages and answer with HTML. */
export function isForPrograms(url: string): boolean {
  return /^\/(api|health|metrics)(\/|\?|$)/.test(url);
}

/** The same for a request: its route decides, since an address may be written in several ways (`/%61pi`). */
export function asksForPrograms({ routeOptions, url }: Pick<FastifyRequest, 'routeOptions' | 'url'>): boolean {
  return routeOptions.config.guard?.forPrograms ?? isForPrograms(url);
}

/**
 * Whether a page is opened, by a link, a form or an address. What a script asks for beside it may be answered after a
 * sign-in in another tab, so its answer takes no cookie away. Old browsers do not say which it is.
 */
export function isNavigation(request: Pick<FastifyRequest, 'routeOptions' | 'url' | 'headers'>): boolean {
  const { 'sec-fetch-dest': wanted = 'document' } = request.headers;
  return ['document', 'iframe', 'frame'].includes(String(wanted)) && !asksForPrograms(request);
}

/**
 * Whether a browser asks before anybody has gone there: the answer may never be seen. Browsers tell it by `Sec-Purpose`, older
 * ones by `Purpose` or `X-Moz`.
 */
export function isAhead({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const told = [headers['sec-purpose'], headers['purpose'], headers['x-purpose'], headers['x-moz']];
  return told.some((purpose) => /prefetch|prerender|preview/i.test(String(purpose)));
}

/** Whether a page is opened before somebody's eyes, so that what stands on it counts as seen. */
export function isSeen(request: Pick<FastifyRequest, 'routeOptions' | 'url' | 'headers' | 'method'>): boolean {
  return request.method === 'GET' && isNavigation(request) && !isAhead(request);
}

/**
 * True where a refusal is a JSON problem: for programs, for those of other sites that ask for a quotation, and for a page
 * that loads a file, which would show nobody a page, and may ask for hundreds.
 */
export function answersProblems(request: Pick<FastifyRequest, 'routeOptions' | 'url' | 'headers'>): boolean {
  if (asksForPrograms(request) || request.routeOptions.url === '/oembed') return true;
  const isFile = request.routeOptions.config.guard?.lane === 'files';
  return isFile && request.headers.accept?.includes('text/html') !== true;
}
