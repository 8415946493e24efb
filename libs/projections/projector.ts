import { type EventBatch, LogGap, type RecordedEvent } from '../event-store/port.ts';
import type { Position } from '../kernel/index.ts';
import type { FromProjector, OpenFile } from './messages.ts';
import type { LogReader, Projected, ViewDefinition, ViewState } from './port.ts';
import { dropOlder } from './view-file.ts';
import { BrokenViewFile, errorMessage, isStorageFault, type ViewWriter } from './view-writer.ts';
import { wholeAppends } from './whole-appends.ts';

/** Most events that an adopted file is brought forward by between two live batches. */
const SLICE = 1_000;
/** Milliseconds after a batch until views that it did not concern write down their position. */
const SAVE_AFTER_MS = 1_000;

interface Projecting {
  readonly log: LogReader;
  /** The newest versions; a view may still be at the one before. */
  readonly definitions: readonly ViewDefinition[];
  /** The views had caught up before. */
  readonly resumes?: boolean;
  /** Milliseconds after a batch at the log's end in which further events come together; none where writes wait for the views. */
  readonly gathersMs?: number;
}

/** The ordered runner: one subscription feeds all views, one batch after the other. */
export class Projector {
  readonly #log: LogReader;
  readonly #definitions: readonly ViewDefinition[];
  readonly #views: Map<string, ViewWriter>;
  readonly #gathersMs: number;
  readonly #tell: (message: FromProjector) => void;
  /** Committed changes that no message has carried yet, because another view's file failed. */
  readonly #untold = new Map<string, unknown[]>();
  #caughtUp: boolean;
  #saving: NodeJS.Timeout | undefined;
  /** Found when a position was saved; thrown at the next batch. */
  #broken: BrokenViewFile | undefined;
  /** Batches and adoptions take turns. */
  #turn: Promise<void> = Promise.resolve();

  constructor(
    { log, definitions, resumes = false, gathersMs = 0 }: Projecting,
    views: readonly ViewWriter[],
    tell: (message: FromProjector) => void,
  ) {
    this.#log = log;
    this.#definitions = definitions;
    this.#caughtUp = resumes;
    this.#gathersMs = gathersMs;
    this.#views = new Map(views.map((view) => [view.definition.name, view]));
    this.#tell = tell;
  }

  /** The position that all views which are not stopped have come to. */
  get position(): Position {
    const all = [...this.#views.values()];
    const running = all.filter((view) => !view.stopped);
    const positions = (running.length > 0 ? running : all).map((view) => view.position);
    return positions.reduce((lowest, position) => (position < lowest ? position : lowest), positions[0] ?? 0n);
  }

  state(): readonly ViewState[] {
    return [...this.#views.values()].map(({ definition: { name, version }, position, stopped }) => {
      const newest = this.#definitions.find((definition) => definition.name === name)?.version ?? version;
      const next = newest === version ? {} : { next: newest };
      return { name, version, ...next, position, building: !this.#caughtUp && !stopped, stopped };
    });
  }

  files(): readonly OpenFile[] {
    return [...this.#views.values()].map(({ definition, file }) => ({ view: definition.name, file }));
  }

  /**
   * Follows the whole log until the signal aborts, whatever the types of the views: nearly every event concerns one of them,
   * and asking SQLite for a hundred types takes longer than reading a batch. A subscription that ends or fails begins
   * again from the lowest checkpoint after 100 to 1,000 ms; a broken file of a view is thrown as an error, to be deleted
   * and built anew.
   */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const options = { after: this.position, signal };
        for await (const batch of wholeAppends(this.#log.subscribe(options))) {
          await this.#inTurn(() => this.#take(batch));
          if (signal.aborted) return;
          if (batch.caughtUp && this.#gathersMs > 0) await pause(this.#gathersMs, signal);
        }
      } catch (error) {
        if (error instanceof BrokenViewFile) throw error;
        if (error instanceof LogGap) return this.#stop(error, signal);
        if (!signal.aborted) this.#tell({ kind: 'problem', reason: errorMessage(error) });
      }
      await pause(100 + Math.random() * 900, signal);
    }
  }

  /** Brings a view's new file up to the old one's position, in slices between the live batches, and swaps it in. */
  async adopt(next: ViewWriter): Promise<void> {
    let done = false;
    while (!done) {
      await this.#inTurn(async () => {
        done = await this.#bringForward(next);
      });
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#saving);
    await this.#turn.catch(() => undefined);
    for (const view of this.#views.values()) view.close();
  }

  /** No view can be right beyond a gap, since nobody knows whose events are missing. */
  async #stop(gap: LogGap, signal: AbortSignal): Promise<void> {
    this.#tell({ kind: 'problem', reason: gap.message });
    for (const view of this.#views.values()) view.stopAt(gap);
    this.#tellState([]);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  }

  #take(batch: EventBatch): void {
    if (this.#broken) throw this.#broken;
    const first = batch.caughtUp && !this.#caughtUp;
    this.#caughtUp ||= batch.caughtUp;
    this.#project(batch.events, batch.position);
    this.#saveSoon();
    if (first) for (const { definition, file } of this.#views.values()) dropOlder(file, definition);
  }

  #project(events: readonly RecordedEvent[], position: Position): void {
    for (const [view, writer] of this.#views) {
      const changes = writer.fold(events, position);
      if (changes.length > 0) this.#untold.set(view, [...(this.#untold.get(view) ?? []), ...changes]);
    }
    const projected = [...this.#untold].map(([view, changes]) => ({ view, changes }));
    this.#untold.clear();
    this.#tellState(projected);
  }

  #tellState(projected: readonly Projected[]): void {
    const [position, state] = [this.position, this.state()];
    this.#tell({ kind: 'projected', position, projected, state, caughtUp: this.#caughtUp });
  }

  /** A write that a full disk refuses is tried again after the next batch. */
  #save(): void {
    this.#saving = undefined;
    for (const view of this.#views.values()) {
      try {
        view.save();
      } catch (error) {
        if (error instanceof BrokenViewFile) this.#broken = error;
        else if (!isStorageFault(error)) throw error;
      }
    }
    if ([...this.#views.values()].some(({ isSettled }) => !isSettled)) this.#saveSoon();
  }

  #saveSoon(): void {
    this.#saving ??= setTimeout(() => void this.#inTurn(() => this.#save()), SAVE_AFTER_MS);
  }

  async #bringForward(next: ViewWriter): Promise<boolean> {
    const view = next.definition.name;
    const old = this.#views.get(view);
    const target = old && !old.stopped ? old.position : this.position;
    const events = await this.#slice(next.position, target);
    const last = events.at(-1)?.position;
    next.fold(events, events.length === SLICE && last !== undefined ? last : target);
    if (next.stopped) {
      next.close();
      this.#tell({ kind: 'not-swapped', view, file: next.file, reason: next.stopped.reason });
      return true;
    }
    if (next.position < target) return false;
    this.#views.set(view, next);
    old?.close();
    this.#tell({ kind: 'swapped', view, file: next.file, state: this.state() });
    return true;
  }

  async #slice(after: Position, until: Position): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.#log.readAll({ after, limit: SLICE })) {
      if (event.position > until) break;
      events.push(event);
    }
    return events;
  }

  #inTurn(work: () => void | Promise<void>): Promise<void> {
    const turn = this.#turn.catch(() => undefined).then(work);
    this.#turn = turn;
    return turn;
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
