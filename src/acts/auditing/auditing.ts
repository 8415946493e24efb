import type { Readable } from 'node:stream';
import type { EventStory, IndexProgress, LogDay, LogEvent, OpenedPart } from '../../../libs/client/index.ts';
import { type Position, Slices, trusted } from '../../../libs/kernel/index.ts';

/** Which events are looked for; what is left out lets everything pass. */
export interface EventSearch {
  /** Types, with their version or without for all versions. */
  readonly types?: readonly string[];
  /** A stream's whole name, or its first word with `-*`. */
  readonly stream?: string;
  readonly actor?: string;
  readonly correlation?: string;
  readonly causation?: string;
  /** RFC 3339; when they were recorded, `to` itself left out. */
  readonly from?: string;
  readonly to?: string;
}

/** Upwards after a position, or downwards before it, which may be any number; null begins at that end. */
export interface EventSpan {
  readonly direction: 'up' | 'down';
  readonly from: Position | null;
  /** The event at `from` itself belongs to it. */
  readonly withFrom?: true;
  /** Where it ends, itself left out. */
  readonly until?: Position;
  readonly limit: number;
}

export interface EventsRead {
  /** Each event's line, in order. */
  readonly lines: readonly string[];
  /** Where the next page begins; null when nothing more is there now. */
  readonly next: Position | null;
}

/** The events of lines, taken apart in slices: one may be megabytes long. */
export async function eventsOf(lines: readonly string[]): Promise<readonly LogEvent[]> {
  const slices = new Slices();
  const events: LogEvent[] = [];
  for (const line of lines) events.push(await slices.run(() => trusted<LogEvent>(JSON.parse(line))));
  return events;
}

export interface ExportRange {
  readonly format: 'ndjson' | 'csv';
  readonly after: Position;
  readonly until: Position;
}

/** What auditors ask the log itself: `src/audit`, given by composition. */
export interface Auditing {
  /** Throws DomainError not_caught_up while what is asked for needs an index that is being built. */
  events(filter: EventSearch, span: EventSpan): Promise<EventsRead>;
  /** All that match, in order, after a position and up to another. Throws DomainError conflict while others are under way. */
  exported(filter: EventSearch, range: ExportRange): Promise<Readable>;
  /** The line at a position. Throws DomainError not_found. */
  event(position: Position): Promise<string>;
  /** Throws DomainError not_found. */
  story(position: Position): Promise<EventStory>;
  /** Throws DomainError not_found. */
  opened(position: Position): Promise<OpenedPart>;
  head(): Promise<Position>;
  /** Also has it built. */
  index(): IndexProgress;
  /** Throws DomainError not_caught_up while they are being counted. */
  days(): Promise<readonly LogDay[]>;
}

/** The injection token under which `Auditing` is provided. */
export const AUDITING = Symbol('Auditing');
