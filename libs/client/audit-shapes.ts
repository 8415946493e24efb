import type { Count, Day, Duration, PositionText, Timestamp, Uuid } from './formats.ts';
import type { MemberAuthor } from './shapes.ts';

/** What travels for auditors. Positions and revisions are decimal strings, times RFC 3339 UTC. */

/** An event as it is exported and hashed. */
export interface LogEvent {
  readonly position: PositionText;
  readonly stream: string;
  readonly revision: PositionText;
  readonly id: Uuid;
  readonly type: string;
  readonly recordedAt: Timestamp;
  readonly occurredAt: Timestamp;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  /** Base64, or null for an event without a personal part. */
  readonly sealed: string | null;
}

/** One as a live connection carries it. */
export interface LiveLogEvent extends LogEvent {
  /** There when the event is long: without `data` and `sealed`, which its position finds (`GET /audit/events/{position}`). */
  readonly shortened?: true;
}

/** How far the index is by which events are found by actor, time, correlation and cause. */
export interface IndexProgress {
  readonly state: 'none' | 'building' | 'ready' | 'resting';
  readonly position: PositionText;
  readonly head: string;
}

/** What was recorded of somebody who watches over the forum. */
export interface LookEntry {
  readonly position: PositionText;
  readonly at: Timestamp;
  readonly kind: 'look' | 'export' | 'roles';
  /** Null for the machine's shell, and for a person who was erased. */
  readonly by: MemberAuthor | null;
  /** `queue`, `case` …; `events ndjson` …; the roles given. */
  readonly what: string;
  readonly subject: string | null;
  readonly comments: readonly Uuid[];
  readonly members: readonly Uuid[];
  readonly more: Count;
}

/** One day of the log. */
export interface LogDay {
  readonly day: Day;
  readonly events: Count;
  /** By type with its version. */
  readonly types: Readonly<Record<string, Count>>;
  /** `recordedAt` minus `occurredAt` of what was not imported, in milliseconds; null when there was nothing. */
  readonly lagMeanMs: Duration | null;
  readonly lagMostMs: Duration | null;
}

/** How far a reading of the log has come. */
export interface LogProgress {
  readonly position: PositionText;
  readonly until: PositionText;
  readonly events: Count;
  readonly eventsPerSecond: number;
}

/** A view of the live service. */
export interface ViewFigures {
  readonly name: string;
  readonly version: Count;
  /** Of which the digest is. */
  readonly position: PositionText;
  /** SHA-256 over all its rows, hexadecimal. */
  readonly digest: string;
}

/** A view that was built anew beside the live one, and compared at one position. */
export interface VerifiedView {
  readonly name: string;
  readonly version: Count;
  readonly position: PositionText;
  readonly live: string;
  readonly rebuilt: string;
  readonly equal: boolean;
  /** The first row that differs, its key and cells as texts; null when the two are equal. */
  readonly difference: {
    readonly table: string;
    readonly key: Readonly<Record<string, string>>;
    readonly live: Readonly<Record<string, string>> | null;
    readonly rebuilt: Readonly<Record<string, string>> | null;
  } | null;
  readonly at: Timestamp;
  readonly milliseconds: Count;
}

/** What one view made of an event. */
export interface TouchedView {
  readonly view: string;
  readonly version: Count;
  readonly rows: readonly {
    readonly table: string;
    readonly change: 'added' | 'changed' | 'removed';
    /** By column, as SQL literals. */
    readonly row: Readonly<Record<string, string>>;
  }[];
}

/** The forum as it stood at a position, built anew for reading. */
export interface ScratchArea {
  readonly id: string;
  readonly position: PositionText;
  /** `log`: all that it held up to the position. `happened`: of that, what had happened by `at`. */
  readonly by: 'log' | 'happened';
  /** When the event there was recorded, or by when things had happened; null before the first event. */
  readonly at: Timestamp | null;
  readonly madeBy: string;
  readonly madeAt: Timestamp;
  /** Nobody reading it until then, it is deleted. */
  readonly until: Timestamp;
}

/** An event in the tree of what led to what. */
export interface CauseNode {
  readonly position: PositionText;
  readonly type: string;
  readonly at: Timestamp;
  readonly actor: string;
  readonly stream: string;
  /** How it hangs on the one above it: by the recorded cause, or by what its contents name. */
  readonly link: 'cause' | 'contents';
  readonly nodes: readonly CauseNode[];
}

/** An event with all that the log says about it. */
export interface EventStory {
  readonly event: LogEvent;
  /** As it reads today; null when it is stored in its newest version. */
  readonly newest: Pick<LogEvent, 'type' | 'data'> | null;
  /** The views that fold its type. */
  readonly views: readonly { readonly name: string; readonly version: Count }[];
  /** What led to it. */
  readonly causes: readonly CauseNode[];
  /** What it led to. */
  readonly effects: readonly CauseNode[];
  /** False while the index is being built, without which events of other streams may be missing in the two trees. */
  readonly whole: boolean;
}

/** An event's personal part. */
export interface OpenedPart {
  /** Null for an event without one, or whose key was destroyed (`erased`). */
  readonly personal: Readonly<Record<string, unknown>> | null;
  readonly erased: boolean;
  /** True when it cannot be opened though no event destroyed its key. */
  readonly unreadable: boolean;
  /** Fields that nobody is shown: passwords and e-mail addresses. */
  readonly withheld: readonly string[];
}
