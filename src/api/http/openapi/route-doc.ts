import type { Answers } from '../../../../libs/client/index.ts';
import type { ErrorCode } from '../../../../libs/kernel/index.ts';
import type { Guarded } from '../../../permissions.ts';
import type { Shape } from '../../input/check-input.ts';

/** Every route for programs; the compiler finds a route without an entry here. */
export type ProgramRoute = Extract<Guarded, `${string} /api/v1/${string}` | `GET /health/${string}` | 'GET /metrics'>;

export interface RouteDoc {
  readonly tag: 'audit' | 'moderation' | 'members' | 'sessions' | 'posts' | 'comments' | 'the forum';
  readonly summary: string;
  readonly body?: Shape<object>;
  /** A form in parts (RFC 7578) instead: its fields as JSON Schema. */
  readonly form?: { readonly required: readonly string[]; readonly properties: Readonly<Record<string, object>> };
  readonly query?: Shape<object>;
  readonly status: 200 | 201 | 202 | 204;
  /** Media types besides the JSON that the client's `Answers` state; an empty list for an empty answer. */
  readonly forms?: readonly string[];
  /** The same answer with another status, for what is only accepted. */
  readonly accepts?: 202;
  /** A refusal with this status may also be the route's own answer, which tells the state. */
  readonly alsoWith?: 503;
  /** What an address of before leads to, for good: told by its `Location`, without a body. */
  readonly leadsOn?: string;
  /** Refusals besides those that every route of its kind has. */
  readonly refusals: readonly ErrorCode[];
}

/**
 * A description for each of these routes; a route that answers no JSON of a shape names its other form, or says that it
 * is empty.
 */
export type DocsOf<Route extends ProgramRoute> = {
  readonly [Name in Route]: Name extends keyof Answers ? RouteDoc : RouteDoc & { readonly forms: readonly string[] };
};
