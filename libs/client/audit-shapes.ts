import type { Count, Day, Duration, PositionText, Timestamp, Uuid } from './formats.ts';
import type { MemberAuthor } from './shapes.ts';

/** The shapes for auditors. Positions and revisions are decimal strings, times RFC 3339 UTC. */

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

/** An event in a live frame. */
export interface LiveLogEvent extends LogEvent {
  /**
   * Set when the event is long: `data` and `sealed` are left out, and its position finds them (`GET
   * /audit/events/{position}`).
   */
  readonly shortened?: true;
}

/** The progress of the index that finds events by actor, time, correlation and cause. */
export interface IndexProgress {
  readonly state: 'none' | 'building' | 'ready' | 'resting';
  readonly position: PositionText;
  readonly head: string;
}

/** A recorded look, export or change of roles. */
export interface LookEntry {
  readonly position: PositionText;
  readonly at: Timestamp;
  readonly kind: 'look' | 'export' | 'roles';
  /** Null for the machine's shell, and for an erased person. */
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
  /** The mean of `recordedAt` minus `occurredAt` without imports, in milliseconds; null without events. */
  readonly lagMeanMs: Duration | null;
  readonly lagMostMs: Duration | null;
}

/** The progress of a reading of the log. */
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
  /** The position of the digest. */
  readonly position: PositionText;
  /** SHA-256 over all rows of the view, hexadecimal. */
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
  /** The first differing row, its key and cells as texts; null when both are equal. */
  readonly difference: {
    readonly table: string;
    readonly key: Readonly<Record<string, string>>;
    readonly live: Readonly<Record<string, string>> | null;
    readonly rebuilt: Readonly<Record<string, string>> | null;
  } | null;
  readonly at: Timestamp;
  readonly milliseconds: Count;
}

/** The rows that one view wrote for an event. */
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
  /**
   * `log`: everything that the log held up to the position. `happened`: of that, everything that had happened by `at`.
   */
  readonly by: 'log' | 'happened';
  /** The time at which the event there was recorded, or by which things had happened; null before the first event. */
  readonly at: Timestamp | null;
  readonly madeBy: string;
  readonly madeAt: Timestamp;
  /** The time at which it is deleted when nobody has read it. */
  readonly until: Timestamp;
}

/** An event in the tree of causes and effects. */
export interface CauseNode {
  readonly position: PositionText;
  readonly type: string;
  readonly at: Timestamp;
  readonly actor: string;
  readonly stream: string;
  /** The link to the event above it: the recorded cause, or the names in its contents. */
  readonly link: 'cause' | 'contents';
  readonly nodes: readonly CauseNode[];
}

/** An event with everything that the log says about it. */
export interface EventStory {
  readonly event: LogEvent;
  /** The event in its newest version; null when it is stored in that one. */
  readonly newest: Pick<LogEvent, 'type' | 'data'> | null;
  /** The views that fold its type. */
  readonly views: readonly { readonly name: string; readonly version: Count }[];
  /** The events that led to it. */
  readonly causes: readonly CauseNode[];
  /** The events that it led to. */
  readonly effects: readonly CauseNode[];
  /** False while the index is being built; events of other streams may then be missing in the two trees. */
  readonly whole: boolean;
}

/** An event's personal part. */
export interface OpenedPart {
  /** Null for an event without a personal part, and when its key was destroyed (`erased`). */
  readonly personal: Readonly<Record<string, unknown>> | null;
  readonly erased: boolean;
  /** True when it cannot be opened though no event destroyed its key. */
  readonly unreadable: boolean;
  /** Fields that nobody sees: passwords and e-mail addresses. */
  readonly withheld: readonly string[];
}
