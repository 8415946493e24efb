import type { Position } from '../kernel/index.ts';

/** The filter for events. Absent fields let everything pass; several fields must all hold. */
export interface EventQuery {
  /** Types with their versions, any of them. */
  readonly types?: readonly string[];
  /** A stream's whole name, or its first word with `-*`: `comment-*`. */
  readonly stream?: string;
  readonly actor?: string;
  readonly correlation?: string;
  readonly causation?: string;
  /** Recorded at or after this moment, RFC 3339. */
  readonly from?: string;
  /** Recorded before this moment, RFC 3339. */
  readonly to?: string;
}

/** The part of a query that the index searches itself; the log finds a whole stream. */
export type IndexQuery = Omit<EventQuery, 'stream'> & {
  /** The first word of a stream's name. */
  readonly kind?: string;
};

/** The span of matching events: upwards after a position or downwards before it; null begins at that end of the log. */
export interface Span {
  readonly direction: 'up' | 'down';
  readonly from: Position | null;
  readonly limit: number;
}

/** The events of one type that were recorded on one day (UTC). */
export interface DayCount {
  readonly day: string;
  readonly type: string;
  readonly events: number;
  /** Events that were not imported, with the time from when each happened until it was recorded. */
  readonly lag: { readonly events: number; readonly sumMs: number; readonly mostMs: number };
}

export interface IndexState {
  /** `resting`: the index is not kept current, since nobody asked for a while; it catches up at the next question. */
  readonly state: 'none' | 'building' | 'ready' | 'resting';
  readonly position: Position;
  /** The log's end when the building began. */
  readonly head: Position;
}

/** The messages to the index's thread. `head` is the position that the answer must know. */
export type ToIndex =
  | {
      readonly kind: 'find';
      readonly ask: number;
      readonly head: Position;
      readonly query: IndexQuery;
      readonly span: Span;
    }
  | { readonly kind: 'days'; readonly ask: number; readonly head: Position }
  | { readonly kind: 'close' };

export type FromIndex =
  | { readonly kind: 'state'; readonly position: Position; readonly head: Position; readonly ready: boolean }
  | { readonly kind: 'found'; readonly ask: number; readonly positions: readonly Position[] }
  | { readonly kind: 'counted'; readonly ask: number; readonly days: readonly DayCount[] }
  | { readonly kind: 'failed'; readonly ask: number; readonly reason: string };
