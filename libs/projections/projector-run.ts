import type { Position } from '../kernel/index.ts';
import { type FromProjector, type RunViews, runsView, type ToProjector } from './messages.ts';
import type { ViewState } from './port.ts';
import { projectorThread } from './projector-thread.ts';
import { Waiters } from './waiters.ts';

interface Resting {
  readonly mayRest: () => boolean;
  /** Called each time that a rest begins. */
  readonly rests: () => void;
}

/** A projector's thread as the serving one knows it: what it has told of its views, and who waits for them. */
export class ProjectorRun {
  readonly waiters = new Waiters();
  state: readonly ViewState[] = [];
  /** What all of its views have reached. */
  position: Position = 0n;
  /** It has read everything that the log held at its start. */
  isCaughtUp = false;
  /** Its views of older versions were told to rebuild since it opened its files. */
  isRenewing = false;
  diedBefore = false;
  /** Its thread has ended once for a rest, and did not die since: its files are as they were told. */
  hasRested = false;
  /** Where it stood when it was found behind the others, and at which millisecond; undefined while it is with them. */
  #standing: { readonly at: Position; readonly since: number } | undefined;
  #idle: NodeJS.Timeout | undefined;
  readonly #views: RunViews;
  readonly #thread: ReturnType<typeof projectorThread>;
  readonly #opened = Promise.withResolvers<void>();

  constructor(
    place: Parameters<typeof projectorThread>[0],
    { views, waits }: { readonly views: RunViews; readonly waits: boolean },
    on: {
      readonly heard: (message: FromProjector, run: ProjectorRun) => void;
      readonly died: (reason: string, run: ProjectorRun) => void;
    },
  ) {
    this.#opened.promise.catch(() => undefined);
    this.#views = views;
    this.#thread = projectorThread(
      place,
      { views, waits },
      {
        heard: (message) => {
          on.heard(message, this);
          if (message.kind === 'building' || message.kind === 'opened') this.#opened.resolve();
        },
        died: (reason) => {
          this.state = this.state.map((view) => ({ ...view, building: true }));
          on.died(reason, this);
          this.diedBefore = true;
          this.hasRested = false;
          this.#opened.reject(new Error(reason));
        },
      },
    );
  }

  /** Rejects when the thread cannot even begin. */
  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  /** From now on the thread ends when nothing was projected for so long, and nothing else stands against it. */
  restsAfter(milliseconds: number, { mayRest, rests }: Resting): void {
    this.#idle = setTimeout(() => {
      if (!mayRest() || !this.#isDone() || !this.#thread.rest()) return void this.#idle?.refresh();
      this.hasRested = true;
      rests();
    }, milliseconds).unref();
  }

  /** It has projected something, or soon may have to. */
  isUsed(): void {
    this.#idle?.refresh();
  }

  /** Starts the thread again, if it rests. */
  wake(): void {
    this.#thread.wake();
  }

  /** Called whenever any projector has moved, with what the furthest has read and the time in milliseconds. */
  othersAreAt(furthest: Position, now: number): void {
    if (this.position >= furthest) this.#standing = undefined;
    else if (this.#standing?.at !== this.position) this.#standing = { at: this.position, since: now };
  }

  /** For how many milliseconds it has stood at one place behind the others; 0 while it moves or is with them. */
  standsFor(now: number): number {
    return this.#standing === undefined ? 0 : now - this.#standing.since;
  }

  /** It has told of its views, which it may be building. */
  get isOpen(): boolean {
    return this.state.length > 0;
  }

  has(view: string): boolean {
    return runsView(this.#views, view);
  }

  send(message: ToProjector): void {
    this.#thread.send(message);
  }

  close(): Promise<void> {
    clearTimeout(this.#idle);
    return this.#thread.close();
  }

  #isDone(): boolean {
    if (this.waiters.areThere) return false;
    return this.isCaughtUp && this.state.every(({ building, stopped, next }) => !building && !stopped && !next);
  }
}
