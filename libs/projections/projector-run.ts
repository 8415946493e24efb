import type { Position } from '../kernel/index.ts';
import type { FromProjector, RunViews, ToProjector } from './messages.ts';
import type { ViewState } from './port.ts';
import { ProjectorThread } from './projector-thread.ts';
import { Waiters } from './waiters.ts';

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
  readonly #thread: ProjectorThread;
  readonly #opened = Promise.withResolvers<void>();

  constructor(
    place: ConstructorParameters<typeof ProjectorThread>[0],
    views: RunViews,
    on: {
      readonly heard: (message: FromProjector, run: ProjectorRun) => void;
      readonly died: (reason: string, run: ProjectorRun) => void;
    },
  ) {
    this.#opened.promise.catch(() => undefined);
    this.#thread = new ProjectorThread(place, views, {
      heard: (message) => {
        on.heard(message, this);
        if (message.kind === 'building' || message.kind === 'opened') this.#opened.resolve();
      },
      died: (reason) => {
        this.state = this.state.map((view) => ({ ...view, building: true }));
        on.died(reason, this);
        this.diedBefore = true;
        this.#opened.reject(new Error(reason));
      },
    });
  }

  /** Rejects when the thread cannot even begin. */
  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  has(view: string): boolean {
    return this.state.some(({ name }) => name === view);
  }

  send(message: ToProjector): void {
    this.#thread.send(message);
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
