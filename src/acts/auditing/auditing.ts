import type { Readable } from 'node:stream';
import type { EventStory, IndexProgress, LogDay, LogEvent, OpenedPart } from '../../../libs/client/index.ts';
import { type Position, Slices, trusted } from '../../../libs/kernel/index.ts';

/** The filter for events; fields that are left out let everything pass. */
export interface EventSearch {
  /** Types, with a version, or without one for all versions. */
  readonly types?: readonly string[];
  /** A stream's whole name, or its first word with `-*`. */
  readonly stream?: string;
  readonly actor?: string;
  readonly correlation?: string;
  readonly causation?: string;
  /** The time of recording, RFC 3339; `to` itself is excluded. */
  readonly from?: string;
  readonly to?: string;
}

/**
 * Upwards after a position, or downwards before it. The position may be any number; null begins at that end of the log.
 */
export interface EventSpan {
  readonly direction: 'up' | 'down';
  readonly from: Position | null;
  /** Includes the event at `from`. */
  readonly withFrom?: true;
  /** The end of the span, itself excluded. */
  readonly until?: Position;
  readonly limit: number;
}

export interface EventsRead {
  /** Each event's line, in order. */
  readonly lines: readonly string[];
  /** The beginning of the next page; null when there is nothing more now. */
  readonly next: Position | null;
}

/** Parses the events of lines in slices, since one may be megabytes long. */
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

/** The questions that auditors ask the log itself. `src/audit` answers them; composition provides it. */
export interface Auditing {
  /** Throws DomainError not_caught_up while the index that the question needs is being built. */
  events(filter: EventSearch, span: EventSpan): Promise<EventsRead>;
  /**
   * All matching events in order, after a position and up to another. Throws DomainError conflict while others are
   * under way.
   */
  exported(filter: EventSearch, range: ExportRange): Promise<Readable>;
  /** The line at a position. Throws DomainError not_found. */
  event(position: Position): Promise<string>;
  /** Throws DomainError not_found. */
  story(position: Position): Promise<EventStory>;
  /** Throws DomainError not_found. */
  opened(position: Position): Promise<OpenedPart>;
  head(): Promise<Position>;
  /** The progress of the index; the call also has it built. */
  index(): IndexProgress;
  /** Throws DomainError not_caught_up while the events are being counted. */
  days(): Promise<readonly LogDay[]>;
}

/** The injection token under which `Auditing` is provided. */
export const AUDITING = Symbol('Auditing');
