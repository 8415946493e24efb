import type { FastifyRequest } from 'fastify';
import type { Permission } from '../permissions.ts';
import type { LaneName } from './admission/admission.ts';
import type { Pass } from './admission/lane.ts';
import type { Principal } from './principal.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null for a reader without an account. Set before any handler runs. */
    principal: Principal | null;
    /** How the principal was told. A page renews a cookie, never a bearer's session. */
    session: 'cookie' | 'bearer' | null;
    /** The right to be worked on; null for what needs none, and before it was given. */
    pass: Pass | null;
  }

  interface FastifyContextConfig {
    /** Put here when the route was registered; an address where nothing is has none. */
    guard?: RouteGuard;
    /** Entries of lists in a JSON body, at most, where it may have more than others (see parseJson). */
    mostEntries?: number;
  }
}

/** What permissions.ts says of a route. */
export interface RouteGuard {
  /** The entry's name, such as `GET /api/v1/posts`. */
  readonly name: string;
  readonly permission: Permission;
  /** What `isForPrograms` says of its path. */
  readonly forPrograms: boolean;
  readonly lane: LaneName | null;
}

/** The member that a route for members alone has behind it: the access hook has let nobody else come so far. */
export function memberOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new Error(`${request.method} ${request.url} was reached without a member`);
  return request.principal;
}

/** True for the API, health and metrics, which answer JSON problems; all else are pages, which answer HTML. */
export function isForPrograms(url: string): boolean {
  return /^\/(api|health|metrics)(\/|\?|$)/.test(url);
}
