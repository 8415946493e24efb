import type { Readable } from 'node:stream';
import type { EventStory, IndexProgress, LogDay, OpenedPart } from '../../libs/client/index.ts';
import { type DayCount, type EventIndex, kindIn, matcher } from '../../libs/event-index/index.ts';
import { type EventStore, eventLine, type ReadAllOptions, type RecordedEvent } from '../../libs/event-store/index.ts';
import { DomainError, formatPosition, type Position, Slices } from '../../libs/kernel/index.ts';
import type { Views } from '../../libs/projections/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import type { Auditing, EventSearch, EventSpan, EventsRead, ExportRange } from '../acts/auditing/auditing.ts';
import { EVENT_CATALOGUE } from '../domain/event-catalogue.ts';
import type { Exports } from './exports.ts';
import { firstOf, type Places } from './places.ts';
import { openedPart, storyOf } from './stories.ts';

/** Events of one correlation that a story tells. */
const MOST_CORRELATED = 200;
/** Events that are read at once by their positions. */
const AT_ONCE = 16;

export interface ExplorerParts {
  readonly store: Pick<EventStore, 'readAll' | 'readStream' | 'head'>;
  readonly index: EventIndex;
  readonly exports: Exports;
  readonly views: Pick<Views, 'state'>;
  readonly vault: Vault;
  /** Finds the events around a number that a person typed, which never reaches a log server. */
  readonly places: Places;
}

/** Characters of events after which a page ends: a thousand usual ones are a quarter of it. */
export const MOST_CHARACTERS = 4 * 1024 * 1024;
/** Bytes of events that are read at one stretch: some hundred usual ones, and one that is megabytes long. */
const STRETCH_BYTES = 256 * 1024;

/**
 * Answers auditors' questions about the log: directly where the log can answer by itself, through the index where it
 * cannot.
 */
export class Explorer implements Auditing {
  readonly #parts: ExplorerParts;

  constructor(parts: ExplorerParts) {
    this.#parts = parts;
  }

  async events(filter: EventSearch, span: EventSpan): Promise<EventsRead> {
    const lines: string[] = [];
    const slices = new Slices();
    let [characters, last]: [number, Position | null] = [0, null];
    for await (const event of this.#find(inVersions(filter), { ...span, limit: span.limit + 1 })) {
      if (span.until !== undefined && isPast(span, event.position)) break;
      if (lines.length === span.limit) return { lines, next: last };
      const line = await slices.run(() => eventLine(event));
      characters += line.length;
      if (characters > MOST_CHARACTERS && lines.length > 0) return { lines, next: last };
      lines.push(line);
      last = event.position;
    }
    return { lines, next: null };
  }

  async exported(filter: EventSearch, range: ExportRange): Promise<Readable> {
    const { floor: begin } = await this.#parts.places.around(range.after);
    return this.#parts.exports.stream({ query: inVersions(filter), ...range, begin });
  }

  async event(position: Position): Promise<string> {
    return eventLine(await this.recorded(position));
  }

  /** Throws DomainError not_found. */
  async recorded(position: Position): Promise<RecordedEvent> {
    const event = position > 0n ? await this.#eventAt(position) : undefined;
    if (event !== undefined) return event;
    throw new DomainError('not_found', 'There is no event at this position.');
  }

  async #eventAt(position: Position): Promise<RecordedEvent | undefined> {
    const { store, places } = this.#parts;
    const { floor, ceiling } = await places.around(position);
    if (floor !== position && ceiling !== undefined) return undefined;
    const place = floor === position ? { from: position, limit: 1 } : { after: floor };
    const read = store.readAll({ ...place, stretchBytes: STRETCH_BYTES });
    for await (const event of firstOf(read, 1, (met) => met.position >= position))
      return event.position === position ? event : undefined;
    return undefined;
  }

  async story(position: Position): Promise<EventStory> {
    const correlated = (correlation: string) => this.#correlated(correlation);
    return storyOf(await this.recorded(position), { ...this.#parts, correlated });
  }

  async opened(position: Position): Promise<OpenedPart> {
    return openedPart(await this.recorded(position), this.#parts.vault);
  }

  head(): Promise<Position> {
    return this.#parts.store.head();
  }

  index(): IndexProgress {
    this.#parts.index.use();
    const { state, position, head } = this.#parts.index.state();
    return { state, position: formatPosition(position), head: formatPosition(head) };
  }

  async days(): Promise<readonly LogDay[]> {
    return daysOf(await this.#parts.index.days(await this.head()));
  }

  /** Null while the index is being built. */
  async #correlated(correlation: string): Promise<readonly RecordedEvent[] | null> {
    try {
      const span = { direction: 'up', from: null, limit: MOST_CORRELATED } as const;
      const found: RecordedEvent[] = [];
      for await (const event of this.#inIndex({ correlation }, span)) found.push(event);
      return found;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not_caught_up') return null;
      throw error;
    }
  }

  /** As many as are taken are read, and some more. */
  #find(filter: EventSearch, span: EventSpan): AsyncIterable<RecordedEvent> {
    const { stream } = filter;
    if (isEmpty(filter)) return this.#inLog({}, span);
    if (stream !== undefined && kindIn(stream) === null) return this.#inStream(stream, filter, span);
    if (this.#parts.index.state().state !== 'ready' && isForTheLog(filter)) return this.#inLog(filter, span);
    return this.#inIndex(filter, span);
  }

  /** A stream's own events are few, since streams are small. */
  async *#inStream(stream: string, filter: EventSearch, span: EventSpan): AsyncIterable<RecordedEvent> {
    const isWanted = matcher(filter);
    const found: RecordedEvent[] = [];
    for await (const event of this.#parts.store.readStream(stream)) if (isWanted(event)) found.push(event);
    const within = found.filter((event) => isWithin(span, event));
    yield* (span.direction === 'up' ? within : within.reverse()).slice(0, span.limit);
  }

  async *#inLog({ types, stream }: EventSearch, span: EventSpan): AsyncIterable<RecordedEvent> {
    const kind = stream === undefined ? null : kindIn(stream);
    const filter = { ...(types && { types }), ...(kind !== null && { streamPrefixes: [`${kind}-`] }) };
    const isFiltered = types !== undefined || kind !== null;
    const read = this.#parts.store.readAll({
      ...(await this.#start(span)),
      ...(isFiltered ? { filter } : {}),
      direction: span.direction === 'up' ? 'forwards' : 'backwards',
      stretchBytes: STRETCH_BYTES,
    });
    yield* firstOf(read, span.limit, (event) => isWithin(span, event));
  }

  /** The start of a reading: an event, whatever number was typed; a few events before the span may be read with it. */
  async #start({
    direction,
    from,
    withFrom,
    limit,
  }: EventSpan): Promise<Pick<ReadAllOptions, 'from' | 'after' | 'limit'>> {
    if (from === null) return { limit };
    if (withFrom) return { from, limit };
    const { floor, ceiling } = await this.#parts.places.around(from);
    const exact = floor === from || ceiling !== undefined ? { limit } : {};
    if (direction === 'up') return { after: floor, ...exact };
    return ceiling === undefined ? {} : { after: ceiling, limit };
  }

  async *#inIndex(
    { stream, ...filter }: EventSearch,
    { direction, from, limit }: EventSpan,
  ): AsyncIterable<RecordedEvent> {
    const kind = stream === undefined ? null : kindIn(stream);
    const head = await this.head();
    const span = { direction, from, limit };
    const query = { ...filter, ...(kind === null ? {} : { kind }) };
    yield* this.#at(await this.#parts.index.find(query, span, head));
  }

  async *#at(positions: readonly Position[]): AsyncIterable<RecordedEvent> {
    for (let first = 0; first < positions.length; first += AT_ONCE) {
      const some = positions.slice(first, first + AT_ONCE);
      yield* await Promise.all(some.map((position) => this.recorded(position)));
    }
  }
}

/** Whether a read of this direction has come to where it ends, or further. */
function isPast({ direction, until = 0n }: EventSpan, position: Position): boolean {
  return direction === 'up' ? position >= until : position <= until;
}

function isWithin({ direction, from, withFrom }: EventSpan, { position }: RecordedEvent): boolean {
  if (from === null || (withFrom && position === from)) return true;
  return direction === 'up' ? position > from : position < from;
}

/** A type without a version means all of its versions; an unknown type finds nothing. */
function inVersions({ types, ...filter }: EventSearch): EventSearch {
  if (types === undefined) return filter;
  const known = Object.keys(EVENT_CATALOGUE);
  const all = types.flatMap((type) => {
    const versions = /\.v\d+$/.test(type) ? [] : known.filter((one) => one.startsWith(`${type}.v`));
    return versions.length > 0 ? versions : [type];
  });
  return { ...filter, types: [...new Set(all)] };
}

function isEmpty(filter: EventSearch): boolean {
  return Object.values(filter).every((value) => value === undefined);
}

/** The log finds events by type and kind of stream itself, if more slowly. */
function isForTheLog({ actor, correlation, causation, from, to }: EventSearch): boolean {
  return [actor, correlation, causation, from, to].every((value) => value === undefined);
}

function daysOf(counts: readonly DayCount[]): readonly LogDay[] {
  const days = new Map<string, DayCount[]>();
  for (const count of counts) days.set(count.day, [...(days.get(count.day) ?? []), count]);
  return [...days].map(([day, types]) => {
    const made = types.reduce((sum, { lag }) => sum + lag.events, 0);
    const sumMs = types.reduce((sum, { lag }) => sum + lag.sumMs, 0);
    return {
      day,
      events: types.reduce((sum, { events }) => sum + events, 0),
      types: Object.fromEntries(types.map(({ type, events }) => [type, events])),
      lagMeanMs: made === 0 ? null : sumMs / made,
      lagMostMs: made === 0 ? null : Math.max(...types.map(({ lag }) => lag.mostMs)),
    };
  });
}
