import type { Readable } from 'node:stream';
import type { EventStory, IndexProgress, LogDay, OpenedPart } from '../../libs/client/index.ts';
import { type DayCount, type EventIndex, kindIn, matcher } from '../../libs/event-index/index.ts';
import { type EventStore, eventLine, type RecordedEvent } from '../../libs/event-store/index.ts';
import { DomainError, formatPosition, type Position } from '../../libs/kernel/index.ts';
import type { Views } from '../../libs/projections/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import type { Auditing, EventFilter, EventSpan, EventsRead, ExportRange } from '../api/access/auditing.ts';
import { EVENT_CATALOGUE } from '../domain/event-catalogue.ts';
import type { Exports } from './exports.ts';
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
}

/** The log as auditors ask it: straight where it can answer by itself, through the index where it cannot. */
export class Explorer implements Auditing {
  readonly #parts: ExplorerParts;

  constructor(parts: ExplorerParts) {
    this.#parts = parts;
  }

  async events(filter: EventFilter, span: EventSpan): Promise<EventsRead> {
    const found = await this.#find(inVersions(filter), { ...span, limit: span.limit + 1 });
    const page = found.slice(0, span.limit);
    const next = found.length > span.limit ? (page.at(-1)?.position ?? null) : null;
    return { lines: page.map(eventLine), next };
  }

  exported(filter: EventFilter, range: ExportRange): Readable {
    return this.#parts.exports.stream({ query: inVersions(filter), ...range });
  }

  async event(position: Position): Promise<string> {
    return eventLine(await this.recorded(position));
  }

  /** Throws DomainError not_found. */
  async recorded(position: Position): Promise<RecordedEvent> {
    if (position > 0n) {
      for await (const event of this.#parts.store.readAll({ after: position - 1n, limit: 1 })) {
        if (event.position === position) return event;
      }
    }
    throw new DomainError('not_found', 'There is no event at this position.');
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
      return await this.#inIndex({ correlation }, { direction: 'up', from: null, limit: MOST_CORRELATED });
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not_caught_up') return null;
      throw error;
    }
  }

  #find(filter: EventFilter, span: EventSpan): Promise<readonly RecordedEvent[]> {
    const { stream } = filter;
    if (isEmpty(filter)) return this.#inLog({}, span);
    if (stream !== undefined && kindIn(stream) === null) return this.#inStream(stream, filter, span);
    if (this.#parts.index.state().state !== 'ready' && isForTheLog(filter)) return this.#inLog(filter, span);
    return this.#inIndex(filter, span);
  }

  /** A stream's own events: streams are small. */
  async #inStream(stream: string, filter: EventFilter, { direction, from, limit }: EventSpan) {
    const isWanted = matcher(filter);
    const found: RecordedEvent[] = [];
    for await (const event of this.#parts.store.readStream(stream)) if (isWanted(event)) found.push(event);
    if (direction === 'up') return found.filter(({ position }) => position > (from ?? 0n)).slice(0, limit);
    return found
      .filter(({ position }) => from === null || position < from)
      .reverse()
      .slice(0, limit);
  }

  async #inLog({ types, stream }: EventFilter, { direction, from, limit }: EventSpan) {
    const kind = stream === undefined ? null : kindIn(stream);
    const filter = { ...(types && { types }), ...(kind !== null && { streamPrefixes: [`${kind}-`] }) };
    const isFiltered = types !== undefined || kind !== null;
    const read = this.#parts.store.readAll({
      ...(from === null ? {} : { after: from }),
      ...(isFiltered ? { filter } : {}),
      direction: direction === 'up' ? 'forwards' : 'backwards',
      limit,
    });
    const found: RecordedEvent[] = [];
    for await (const event of read) found.push(event);
    return found;
  }

  async #inIndex({ stream, ...filter }: EventFilter, { direction, from, limit }: EventSpan) {
    const kind = stream === undefined ? null : kindIn(stream);
    const head = await this.head();
    const span = direction === 'up' ? { after: from ?? 0n, limit } : { before: from ?? head + 1n, limit };
    const query = { ...filter, ...(kind === null ? {} : { kind }) };
    return this.#at(await this.#parts.index.find(query, span, head));
  }

  async #at(positions: readonly Position[]): Promise<readonly RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    for (let first = 0; first < positions.length; first += AT_ONCE) {
      const some = positions.slice(first, first + AT_ONCE);
      found.push(...(await Promise.all(some.map((position) => this.recorded(position)))));
    }
    return found;
  }
}

/** A type without a version stands for all of its versions; one that nobody ever wrote for itself, which finds nothing. */
function inVersions({ types, ...filter }: EventFilter): EventFilter {
  if (types === undefined) return filter;
  const known = Object.keys(EVENT_CATALOGUE);
  const all = types.flatMap((type) => {
    const versions = /\.v\d+$/.test(type) ? [] : known.filter((one) => one.startsWith(`${type}.v`));
    return versions.length > 0 ? versions : [type];
  });
  return { ...filter, types: [...new Set(all)] };
}

function isEmpty(filter: EventFilter): boolean {
  return Object.values(filter).every((value) => value === undefined);
}

/** By type and kind of stream alone, the log finds its events itself, if more slowly. */
function isForTheLog({ actor, correlation, causation, from, to }: EventFilter): boolean {
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
