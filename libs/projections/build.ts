import type Database from 'better-sqlite3';
import { LogGap, type RecordedEvent } from '../event-store/port.ts';
import type { Position } from '../kernel/index.ts';
import type { FoldedLog, LogReader, Projection, ViewDefinition, ViewState } from './port.ts';
import { dropFile, openForBuilding, writeCheckpoint } from './view-file.ts';
import { errorMessage, isStorageFault } from './view-writer.ts';
import { wholeAppends } from './whole-appends.ts';

/**
 * One view under construction, from nothing up to a position, in a file that nobody reads before it is finished: one
 * transaction, no journal, and indexes after the rows. An unreadable event ends the build.
 */
export class ViewBuild {
  readonly definition: ViewDefinition;
  readonly file: string;
  /** The last position to fold; null for the log's end. */
  readonly until: Position | null;
  readonly #db: Database.Database;
  readonly #projection: Projection;
  #position: Position = 0n;
  #last: RecordedEvent | null = null;
  #stopped: ViewState['stopped'] = null;

  constructor(definition: ViewDefinition, file: string, until: Position | null = null, log: FoldedLog = {}) {
    this.definition = definition;
    this.file = file;
    this.until = until;
    this.#db = openForBuilding(file, definition);
    this.#projection = (definition.openBuild ?? definition.open)(this.#db, log);
    this.#db.exec('BEGIN');
  }

  get position(): Position {
    return this.#position;
  }

  get stopped(): ViewState['stopped'] {
    return this.#stopped;
  }

  get isDone(): boolean {
    return this.#stopped !== null || (this.until !== null && this.#position >= this.until);
  }

  /** Folds an event of its types. Faults of the storage are thrown. */
  take(event: RecordedEvent): void {
    if (this.#stopped !== null || this.#isBeyond(event)) return;
    try {
      this.#projection(event);
    } catch (error) {
      this.#stop(event, error);
    }
  }

  /** All events up to `position` that concern it were given to it. */
  reach(events: readonly RecordedEvent[], position: Position): void {
    if (this.isDone) return;
    this.#last = events.findLast((event) => !this.#isBeyond(event)) ?? this.#last;
    this.#write(() => this.#projection.flush?.());
    this.#position = this.until !== null && position > this.until ? this.until : position;
  }

  /** The log cannot be read beyond a gap. */
  stopAt({ position, message }: LogGap): void {
    if (!this.isDone) this.#stopped = { position, reason: message };
  }

  /** Makes the file whole, and tells how much of that is done, from 0 to 1. A build that has stopped has none. */
  finish(tell: (done: number) => void = () => undefined): void {
    if (this.#stopped === null) this.#write(() => this.#projection.finish?.());
    const steps = this.#projection.finishing?.()[Symbol.iterator]();
    while (steps !== undefined && this.#stopped === null) {
      const step = this.#write(() => steps.next());
      if (step === undefined || step.done === true) break;
      tell(step.value);
    }
    // Only now a unique index finds an event that duplicated a row.
    if (this.#stopped === null) this.#write(() => this.#db.exec(this.definition.indexes ?? ''));
    if (this.#stopped) return this.drop();
    writeCheckpoint(this.#db, { position: this.#position, last: this.#last });
    this.#db.exec('COMMIT');
    this.#db.close();
  }

  drop(): void {
    this.#db.close();
    dropFile(this.file);
  }

  #isBeyond({ position }: RecordedEvent): boolean {
    return this.until !== null && position > this.until;
  }

  /** A late fault cannot be assigned, so the last event is blamed. */
  #write<Written>(write: () => Written): Written | undefined {
    try {
      return write();
    } catch (error) {
      if (!this.#last) throw error;
      this.#stop(this.#last, error);
      return undefined;
    }
  }

  #stop(event: RecordedEvent, error: unknown): void {
    if (isStorageFault(error)) throw error;
    this.#stopped = { position: event.position, reason: `${event.type}: ${errorMessage(error)}` };
  }
}

/**
 * The events read at a time: few enough to stay in the processor's cache until they are folded, and little of them
 * outlives a collection.
 */
const BATCH = 400;

/** Gives each event of one reading to the builds that fold its type. */
export class SharedReading {
  readonly #builds: readonly ViewBuild[];
  readonly #byType = new Map<string, ViewBuild[]>();

  constructor(builds: readonly ViewBuild[]) {
    this.#builds = builds;
    for (const type of new Set(builds.flatMap(({ definition }) => definition.eventTypes))) {
      this.#byType.set(
        type,
        builds.filter(({ definition }) => definition.eventTypes.includes(type)),
      );
    }
  }

  get isDone(): boolean {
    return this.#builds.every(({ isDone }) => isDone);
  }

  /** Folds what comes next in the log, `position` being how far that reaches. Faults of the storage are thrown. */
  fold(events: readonly RecordedEvent[], position: Position): void {
    for (const event of events) {
      const builds = this.#byType.get(event.type);
      if (builds) for (const build of builds) build.take(event);
    }
    for (const build of this.#builds) build.reach(events, position);
  }
}

export interface ReadingOptions {
  /** Called after each batch with how far the reading has come, and how many events it has folded. */
  readonly onRead?: (position: Position, events: number) => void;
  /** Called after each step of what is done once all is read, with how much of it is done, from 0 to 1. */
  readonly onFinishing?: (done: number) => void;
  readonly signal?: AbortSignal;
  /** Called for each event once; a refused event is folded by no build. */
  readonly takes?: (event: RecordedEvent) => boolean;
}

/**
 * Feeds all builds from one reading of the log until each is done or the log ends; then finishes them. It reads all
 * types, since nearly every event concerns some view, and asking SQLite for each view's types costs more than a read.
 */
export async function buildAll(
  log: LogReader,
  builds: readonly ViewBuild[],
  { onRead, onFinishing, signal, takes }: ReadingOptions = {},
): Promise<void> {
  let whole = false;
  const reading = new SharedReading(builds);
  let folded = 0;
  try {
    try {
      for await (const { events, position, caughtUp } of wholeAppends(log.subscribe({ after: 0n, batchSize: BATCH }))) {
        signal?.throwIfAborted();
        reading.fold(takes ? events.filter(takes) : events, position);
        folded += events.length;
        onRead?.(position, folded);
        if (caughtUp || reading.isDone) break;
      }
    } catch (error) {
      if (!(error instanceof LogGap)) throw error;
      for (const build of builds) build.stopAt(error);
    }
    for (const [at, build] of builds.entries()) build.finish((done) => onFinishing?.((at + done) / builds.length));
    whole = true;
  } finally {
    if (!whole) for (const build of builds) build.drop();
  }
}
