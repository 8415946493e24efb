import type { Position } from '../kernel/index.ts';

/** Which events are looked for; absent fields let everything pass, several fields must all hold. */
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

/** What the index itself can look for: a whole stream is the log's own to find. */
export type IndexQuery = Omit<EventQuery, 'stream'> & {
  /** The first word of a stream's name. */
  readonly kind?: string;
};

/** Which of the events that match: upwards after a position or downwards before it; null begins at that end. */
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
  /** Those that were not imported: how long each was on its way from when it happened until it was recorded. */
  readonly lag: { readonly events: number; readonly sumMs: number; readonly mostMs: number };
}

export interface IndexState {
  /** `resting`: not followed now, since nobody asked for a while; it catches up when it is asked again. */
  readonly state: 'none' | 'building' | 'ready' | 'resting';
  readonly position: Position;
  /** The log's end when the building began. */
  readonly head: Position;
}

/** To the index's thread. `head` is what the answer must know of at least. */
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
