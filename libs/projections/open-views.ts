import type { Database } from 'better-sqlite3';
import { DomainError, type Position } from '../kernel/index.ts';
import type { FromBuilder, FromProjector } from './messages.ts';
import type { Projected, Verification, ViewState, Views } from './port.ts';
import { ProjectorThread, runTask } from './projector-thread.ts';
import { ReadFiles } from './read-files.ts';
import { toldPosition } from './statements.ts';
import { errorMessage } from './view-writer.ts';
import { Waiters } from './waiters.ts';

export interface ViewsOptions {
  /** Where the views' files are; made when missing. */
  readonly dir: string;
  /** The entry file of the projector's thread, which calls `runProjector` with the view definitions. */
  readonly worker: URL;
  /** Anything that can be sent to a thread; the entry file's `openLog` opens the log with it. */
  readonly log: unknown;
  /** Called with a fault that is tried again: a subscription that ended, a thread that died. */
  readonly onProblem?: (reason: string) => void;
}

type Listener = (projected: readonly Projected[], position: Position) => void;

/**
 * Starts the projector's thread and opens the views for reading. Resolves when they can be queried, which may be before
 * they are `ready`; rejects when the thread cannot open the log or the files.
 */
export async function openViews(options: ViewsOptions): Promise<Views> {
  const views = new ServingViews(options);
  await views.opened;
  return views;
}

class ServingViews implements Views {
  readonly #options: ViewsOptions;
  readonly #files = new ReadFiles();
  readonly #listeners = new Set<Listener>();
  #diedBefore = false;
  readonly #waiters = new Waiters();
  readonly #rebuilds = new Map<string, PromiseWithResolvers<void>>();
  /** Views whose rebuild was asked for and has not begun. */
  readonly #asked: string[] = [];
  readonly #opened = Promise.withResolvers<void>();
  readonly #ready = Promise.withResolvers<void>();
  readonly #ending = new AbortController();
  /** Views of older versions were told to rebuild since the projector opened its files. */
  #renewing = false;
  readonly #thread: ProjectorThread;
  #state: readonly ViewState[] = [];
  #position: Position = 0n;

  constructor(options: ViewsOptions) {
    this.#options = options;
    this.#ready.promise.catch(() => undefined);
    this.#thread = new ProjectorThread(options, {
      heard: (message) => this.#heard(message),
      died: (reason) => this.#died(reason),
    });
  }

  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  db(view: string): Database {
    return this.#files.db(view);
  }

  position(): Position {
    return this.#position;
  }

  async reached(position: Position, timeoutMs = 2_000): Promise<void> {
    if (position <= this.#position || (await this.#waiters.wait(position, timeoutMs))) return;
    throw new DomainError('not_caught_up', `The views have not reached position ${position} yet.`, [], 1);
  }

  ready(): Promise<void> {
    return this.#ready.promise;
  }

  state(): readonly ViewState[] {
    return this.#state.map((view) => (this.#rebuilds.has(view.name) ? { ...view, building: true } : view));
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
    if (this.#asked.push(view) === 1) setImmediate(() => void this.#buildAsked());
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
    this.#waiters.giveUp();
    const closed = new Error('the views were closed');
    this.#ready.reject(closed);
    for (const rebuild of this.#rebuilds.values()) rebuild.reject(closed);
    // The last connection to close a file moves its write-ahead log into it and deletes it, if it may write.
    this.#files.close();
    await this.#thread.close();
  }

  /** All rebuilds that were asked for at once share one reading of the log. */
  async #buildAsked(): Promise<void> {
    const views = this.#asked.splice(0);
    try {
      const answer = await this.#task({ task: 'build', views });
      if (answer.kind !== 'built') throw new Error('a build ended without files');
      for (const built of answer.views) {
        if (built.file === null) this.#rebuilds.get(built.view)?.reject(new Error(built.reason));
        else this.#thread.send({ kind: 'adopt', view: built.view, file: built.file });
      }
    } catch (error) {
      for (const view of views) this.#rebuilds.get(view)?.reject(error);
    }
  }

  #task(task: Parameters<typeof runTask>[1]): Promise<FromBuilder> {
    return runTask(this.#options, task, this.#ending.signal);
  }

  #heard(message: FromProjector): void {
    switch (message.kind) {
      case 'building':
        for (const view of message.views) this.#files.close(view);
        this.#state = message.state;
        return this.#opened.resolve();
      case 'opened':
        return this.#openedFiles(message);
      case 'projected':
        return this.#projected(message);
      case 'swapped':
        return this.#swapped(message);
      case 'not-swapped':
        return this.#rebuilds.get(message.view)?.reject(new Error(message.reason));
      case 'problem':
        return this.#options.onProblem?.(message.reason);
      default:
        return message satisfies never;
    }
  }

  /** A projector that died may have committed changes that it did not report. */
  #openedFiles({ files, state }: Extract<FromProjector, { kind: 'opened' }>): void {
    for (const file of files) this.#files.open(file);
    this.#state = this.#files.told(state);
    this.#position = lowest(this.#state);
    this.#renewing = false;
    this.#opened.resolve();
    const projected = files.map(({ view }) => ({ view, changes: [], renewed: true }) as const);
    if (this.#diedBefore) for (const listener of this.#listeners) this.#call(listener, projected, this.#position);
  }

  /** First the positions, then the caches, then the waiting readers. */
  #projected({ position, projected, state, caughtUp }: Extract<FromProjector, { kind: 'projected' }>): void {
    if (position > this.#position) this.#position = position;
    this.#state = this.#files.told(state);
    for (const listener of this.#listeners) this.#call(listener, projected, this.#position);
    this.#waiters.reached(this.#position);
    if (!caughtUp) return;
    this.#ready.resolve();
    if (!this.#renewing) this.#renew();
  }

  /** Also a file of the same version is told: the one before may not have been what the log makes of it. */
  #swapped({ view, file, state }: Extract<FromProjector, { kind: 'swapped' }>): void {
    this.#files.open({ view, file });
    this.#state = this.#files.told(state);
    const projected = [{ view, changes: [], renewed: true }] as const;
    for (const listener of this.#listeners) this.#call(listener, projected, this.#position);
    this.#rebuilds.get(view)?.resolve();
  }

  /** Views served in an earlier version are rebuilt in their own, now that nothing else is waited for. */
  #renew(): void {
    this.#renewing = true;
    for (const { name, next } of this.#state) {
      if (next !== undefined) this.rebuild(name).catch((error: unknown) => this.#notRenewed(name, error));
    }
  }

  #notRenewed(view: string, error: unknown): void {
    if (!this.#ending.signal.aborted) this.#options.onProblem?.(`${view} stays at its version: ${errorMessage(error)}`);
  }

  #call(listener: Listener, projected: readonly Projected[], position: Position): void {
    try {
      listener(projected, position);
    } catch (error) {
      this.#options.onProblem?.(`a listener failed: ${errorMessage(error)}`);
    }
  }

  #died(reason: string): void {
    this.#diedBefore = true;
    this.#options.onProblem?.(reason);
    this.#state = this.#state.map((view) => ({ ...view, building: true }));
    this.#opened.reject(new Error(reason));
    for (const rebuild of this.#rebuilds.values()) rebuild.reject(new Error(reason));
  }
}

function lowest(state: readonly ViewState[]): Position {
  const running = state.filter((view) => !view.stopped).map((view) => view.position);
  return running.reduce((least, position) => (position < least ? position : least), running[0] ?? 0n);
}
