import type { Database } from 'better-sqlite3';
import { DomainError, type Position } from '../kernel/index.ts';
import type { FromBuilder, FromProjector, RunViews } from './messages.ts';
import type { Projected, Verification, ViewState, Views } from './port.ts';
import { ProjectorRun } from './projector-run.ts';
import { runTask } from './projector-thread.ts';
import { ReadFiles } from './read-files.ts';
import { toldPosition } from './statements.ts';
import { moveWriteAheadLogIn } from './view-file.ts';
import { errorMessage } from './view-writer.ts';

export interface ViewsOptions {
  /** Where the views' files are; made when missing. */
  readonly dir: string;
  /** The entry file of the projector's thread, which calls `runProjector` with the view definitions. */
  readonly worker: URL;
  /** Anything that can be sent to a thread; the entry file's `openLog` opens the log with it. */
  readonly log: unknown;
  /** The names of views that have a projector of their own: no write waits for them. */
  readonly beside?: readonly string[];
  /** How long the start waits for these once all others are ready, in milliseconds; BESIDE_MS unless told. */
  readonly besideMs?: number;
  /** Milliseconds without anything new after which the thread of these ends, until there is; 15 seconds unless told. */
  readonly restsAfterMs?: number;
  /** Milliseconds after which views that stand still behind the others are `late`; 30 seconds unless told. */
  readonly lateAfterMs?: number;
  /**
   * Calls `wake` once the log has grown behind a position, until stopped. With it the thread of all other views rests as
   * well, when nothing was projected and nobody was there (`Views.attend`) for twice as long; without it that one stays.
   */
  readonly watchLog?: (after: Position, wake: () => void) => () => void;
  /** Called with a fault that is tried again: a subscription that ended, a thread that died. */
  readonly onProblem?: (reason: string) => void;
}

/** A small forum's are built meanwhile, so that it is ready with all it has. */
const BESIDE_MS = 5_000;
/** A thread takes 12 MiB, and its start some 40 ms of a core. */
const RESTS_AFTER_MS = 15_000;
/** One batch takes some seconds at most, and a subscription begins again within one. */
const LATE_AFTER_MS = 30_000;

type Listener = (projected: readonly Projected[], position: Position) => void;

/**
 * Starts the projectors' threads and opens the views for reading, those beside the others once these are open. Resolves when the others can be
 * queried, which may be before all are `ready`; rejects when their thread cannot open the log or the files, as `ready` does for one beside.
 */
export async function openViews(options: ViewsOptions): Promise<Views> {
  const views = new ServingViews(options);
  await views.opened;
  return views;
}

class ServingViews implements Views {
  readonly #options: ViewsOptions;
  readonly #files = new ReadFiles((view) => this.#buildMissing(view));
  readonly #listeners = new Set<Listener>();
  readonly #rebuilds = new Map<string, PromiseWithResolvers<void>>();
  /** Views whose rebuild was asked for and has not begun. */
  readonly #asked: string[] = [];
  readonly #ready = Promise.withResolvers<void>();
  #readyWithout: NodeJS.Timeout | undefined;
  readonly #ending = new AbortController();
  /** The views for which writes wait. */
  readonly #main: ProjectorRun;
  /** Those for which none waits: their threads rest while nothing is new. */
  readonly #beside: readonly ProjectorRun[];
  readonly #runs: readonly ProjectorRun[];
  /** While the main one rests. */
  #unwatch: (() => void) | undefined;

  constructor(options: ViewsOptions) {
    this.#options = options;
    this.#ready.promise.catch(() => undefined);
    const { beside = [], restsAfterMs = RESTS_AFTER_MS } = options;
    this.#main = this.#run({ but: beside }, { waits: false });
    this.#beside = beside.length === 0 ? [] : [this.#run({ only: beside }, { waits: true })];
    this.#runs = [this.#main, ...this.#beside];
    for (const run of this.#beside) {
      run.restsAfter(restsAfterMs, { mayRest: () => this.#mayRest(run), rests: () => undefined });
      this.#main.opened.then(
        () => run.wake(),
        () => undefined,
      );
      run.opened.catch((error: unknown) => this.#ready.reject(error));
    }
    const { watchLog } = options;
    if (watchLog === undefined) return;
    const rests = (): void => {
      this.#unwatch = watchLog(this.#main.position, () => this.#wake());
    };
    this.#main.restsAfter(2 * restsAfterMs, { mayRest: () => this.#mayRest(this.#main), rests });
  }

  /** For what is beside the others nothing waits, a start least of all: two threads that begin at once hold up each other. */
  get opened(): Promise<void> {
    return this.#main.opened;
  }

  db(view: string): Database {
    return this.#files.db(view);
  }

  position(): Position {
    return this.#main.position;
  }

  async reached(position: Position, timeoutMs = 2_000, view?: string): Promise<void> {
    const run = view === undefined ? this.#main : this.#runOf(view);
    if (position > run.position) this.#wake();
    if (position <= run.position || (await run.waiters.wait(position, timeoutMs))) return;
    throw new DomainError('not_caught_up', `The views have not reached position ${position} yet.`, [], 1);
  }

  attend(): void {
    this.#main.isUsed();
    this.#wake();
  }

  ready(): Promise<void> {
    return this.#ready.promise;
  }

  state(): readonly ViewState[] {
    const state = this.#runs.flatMap((run) => (this.#isLate(run) ? run.state.map(late) : run.state));
    return state.map((view) => (this.#rebuilds.has(view.name) ? { ...view, building: true } : view));
  }

  onProjected(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A call while a rebuild is under way shares it. Rejects when the view cannot read an event. */
  rebuild(view: string): Promise<void> {
    const running = this.#rebuilds.get(view);
    if (running) return running.promise;
    const rebuild = Promise.withResolvers<void>();
    this.#rebuilds.set(view, rebuild);
    if (this.#asked.push(view) === 1) setImmediate(() => this.#buildAsked());
    return rebuild.promise.finally(() => this.#rebuilds.delete(view));
  }

  async verify(view: string): Promise<Verification> {
    const liveFile = this.#files.file(view);
    const reached = toldPosition(this.#files.db(view));
    const answer = await this.#task({ task: 'verify', view, liveFile, reached });
    if (answer.kind !== 'verified') throw new Error(`the verification of ${view} ended without a result`);
    return answer.verified;
  }

  async close(): Promise<void> {
    this.#ending.abort();
    this.#unwatch?.();
    clearTimeout(this.#readyWithout);
    for (const { waiters } of this.#runs) waiters.giveUp();
    const closed = new Error('the views were closed');
    this.#ready.reject(closed);
    for (const rebuild of this.#rebuilds.values()) rebuild.reject(closed);
    // The last connection to close a file moves its write-ahead log into it and deletes it, if it may write.
    const files = this.#files.all();
    this.#files.close();
    await Promise.all(this.#runs.map((run) => run.close()));
    // A thread that rested has ended before its readers, who may not write.
    for (const file of files) moveWriteAheadLogIn(file);
  }

  #run(views: RunViews, { waits }: { readonly waits: boolean }): ProjectorRun {
    return new ProjectorRun(
      this.#options,
      { views, waits },
      {
        heard: (message, run) => this.#heard(message, run),
        died: (reason, run) => this.#died(reason, run),
      },
    );
  }

  #isLate(run: ProjectorRun): boolean {
    return run.standsFor(performance.now()) > (this.#options.lateAfterMs ?? LATE_AFTER_MS);
  }

  #compareRuns(): void {
    const furthest = this.#runs.reduce((most, { position }) => (position > most ? position : most), 0n);
    for (const run of this.#runs) run.othersAreAt(furthest, performance.now());
  }

  #runOf(view: string): ProjectorRun {
    return this.#runs.find((run) => run.has(view)) ?? this.#main;
  }

  #wake(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#main.wake();
  }

  #wakeBehind(): void {
    for (const run of this.#beside) if (run.position < this.#main.position) run.wake();
  }

  #mayRest(run: ProjectorRun): boolean {
    return run.position >= this.#main.position && ![...this.#rebuilds.keys()].some((view) => run.has(view));
  }

  /** Those that were asked for at once, in a thread for each of the running ones. */
  #buildAsked(): void {
    const asked = this.#asked.splice(0);
    for (const run of this.#runs) void this.#build(asked.filter((view) => this.#runOf(view) === run));
  }

  /** They share one reading of the log. */
  async #build(views: readonly string[]): Promise<void> {
    if (views.length === 0) return;
    try {
      const answer = await this.#task({ task: 'build', views });
      if (answer.kind !== 'built') throw new Error('a build ended without files');
      for (const built of answer.views) {
        if (built.file === null) this.#rebuilds.get(built.view)?.reject(new Error(built.reason));
        else this.#runOf(built.view).send({ kind: 'adopt', view: built.view, file: built.file });
      }
    } catch (error) {
      for (const view of views) this.#rebuilds.get(view)?.reject(error);
    }
  }

  #task(task: Parameters<typeof runTask>[1]): Promise<FromBuilder> {
    return runTask(this.#options, task, this.#ending.signal);
  }

  #heard(message: FromProjector, run: ProjectorRun): void {
    switch (message.kind) {
      case 'building':
        for (const view of message.views) this.#files.close(view);
        run.state = message.state;
        return this.#caughtUp();
      case 'opened':
        return this.#openedFiles(message, run);
      case 'projected':
        return this.#projected(message, run);
      case 'swapped':
        return this.#swapped(message, run);
      case 'not-swapped':
        return this.#rebuilds.get(message.view)?.reject(new Error(message.reason));
      case 'problem':
        return this.#options.onProblem?.(message.reason);
      default:
        return message satisfies never;
    }
  }

  /** A projector that died may have committed changes that it did not report, and one that rested has not. */
  #openedFiles({ files, state }: Extract<FromProjector, { kind: 'opened' }>, run: ProjectorRun): void {
    for (const file of files) if (!run.hasRested || !this.#files.has(file)) this.#files.open(file);
    run.state = this.#files.told(state);
    run.position = lowest(run.state);
    run.isRenewing = false;
    this.#caughtUp();
    if (run.diedBefore) this.#tell(files.map(({ view }) => ({ view, changes: [], renewed: true })));
  }

  /** First the positions, then the caches, then the waiting readers. */
  #projected(message: Extract<FromProjector, { kind: 'projected' }>, run: ProjectorRun): void {
    const { position, projected, state, caughtUp } = message;
    if (position > run.position) run.position = position;
    this.#compareRuns();
    run.state = this.#files.told(state);
    if (run === this.#main || projected.length > 0) this.#tell(projected);
    run.waiters.reached(run.position);
    run.isUsed();
    if (run === this.#main) this.#wakeBehind();
    if (!caughtUp) return;
    run.isCaughtUp = true;
    this.#caughtUp();
    if (!run.isRenewing) this.#renew(run);
  }

  /** A view beside the others may be built for many minutes, and all but its own screen can do without it. */
  #caughtUp(): void {
    if (this.#runs.every(({ isCaughtUp }) => isCaughtUp)) {
      clearTimeout(this.#readyWithout);
      return this.#ready.resolve();
    }
    if (this.#main.isCaughtUp && this.#runs.every(({ isOpen }) => isOpen))
      this.#readyWithout ??= setTimeout(this.#ready.resolve, this.#options.besideMs ?? BESIDE_MS);
  }

  /** Also a file of the same version is told: the one before may not have been what the log makes of it. */
  #swapped({ view, file, state }: Extract<FromProjector, { kind: 'swapped' }>, run: ProjectorRun): void {
    this.#files.open({ view, file });
    run.state = this.#files.told(state);
    this.#tell([{ view, changes: [], renewed: true }]);
    this.#rebuilds.get(view)?.resolve();
  }

  /** Views served in an earlier version are rebuilt in their own, now that nothing else is waited for. */
  #renew(run: ProjectorRun): void {
    run.isRenewing = true;
    for (const { name, next } of run.state) {
      if (next !== undefined) this.rebuild(name).catch((error: unknown) => this.#notRenewed(name, error));
    }
  }

  /** Whoever deletes a file of a running forum finds the view built anew. */
  #buildMissing(view: string): void {
    if (this.#rebuilds.has(view) || this.#ending.signal.aborted) return;
    this.#options.onProblem?.(`the file of ${view} is not there any more: it is built anew`);
    this.rebuild(view).catch((error: unknown) =>
      this.#options.onProblem?.(`${view} is not built: ${errorMessage(error)}`),
    );
  }

  #notRenewed(view: string, error: unknown): void {
    if (!this.#ending.signal.aborted) this.#options.onProblem?.(`${view} stays at its version: ${errorMessage(error)}`);
  }

  #tell(projected: readonly Projected[]): void {
    for (const listener of this.#listeners) {
      try {
        listener(projected, this.#main.position);
      } catch (error) {
        this.#options.onProblem?.(`a listener failed: ${errorMessage(error)}`);
      }
    }
  }

  #died(reason: string, run: ProjectorRun): void {
    this.#options.onProblem?.(reason);
    for (const [view, rebuild] of this.#rebuilds) if (run.has(view)) rebuild.reject(new Error(reason));
  }
}

/** Of views that are built or stopped that is told instead. */
function late(view: ViewState): ViewState {
  return view.building || view.stopped ? view : { ...view, late: true };
}

function lowest(state: readonly ViewState[]): Position {
  const running = state.filter((view) => !view.stopped).map((view) => view.position);
  return running.reduce((least, position) => (position < least ? position : least), running[0] ?? 0n);
}
