import type { MemberAuthor } from './shapes.ts';

/** What travels for auditors. Positions and revisions are decimal strings, times RFC 3339 UTC. */

/** An event as it is exported and hashed. */
export interface LogEvent {
  readonly position: string;
  readonly stream: string;
  readonly revision: string;
  readonly id: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly occurredAt: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly data: object;
  /** Base64, or null for an event without a personal part. */
  readonly sealed: string | null;
}

/** How far the index is by which events are found by actor, time, correlation and cause. */
export interface IndexProgress {
  readonly state: 'none' | 'building' | 'ready' | 'resting';
  readonly position: string;
  readonly head: string;
}

/** What was recorded of somebody who watches over the forum. */
export interface LookEntry {
  readonly position: string;
  readonly at: string;
  readonly kind: 'look' | 'export' | 'roles';
  /** Null for the machine's shell, and for a person who was erased. */
  readonly by: MemberAuthor | null;
  /** `queue`, `case` …; `events ndjson` …; the roles given. */
  readonly what: string;
  readonly subject: string | null;
  readonly comments: readonly string[];
  readonly members: readonly string[];
  readonly more: number;
}

/** One day (UTC) of the log. */
export interface LogDay {
  readonly day: string;
  readonly events: number;
  /** By type with its version. */
  readonly types: Readonly<Record<string, number>>;
  /** `recordedAt` minus `occurredAt` of what was not imported, in milliseconds; null when there was nothing. */
  readonly lagMeanMs: number | null;
  readonly lagMostMs: number | null;
}
