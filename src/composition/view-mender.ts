import { DomainError } from '../../libs/kernel/index.ts';
import type { Views } from '../../libs/projections/index.ts';
import type { Findings } from '../acts/auditing/findings.ts';
import type { Replaying } from '../acts/auditing/replaying.ts';

/**
 * After the first round each view is compared with the log once in this time, in milliseconds; each comparison reads
 * the whole log beside all other work.
 */
const ROUND_MS = 86_400_000;
/**
 * The wait before the first comparison, in which the tree has compared a usual log. Then each view follows in turn,
 * until all were compared once.
 */
const FIRST_MS = 60_000;
const FIRST_PAUSE_MS = 5_000;
/** The wait before a failed comparison is tried again. */
const PAUSE_MS = 600_000;
/** So often in a row a comparison is put off: for a day. */
const MOST_PUT_OFF = ROUND_MS / PAUSE_MS;

export interface MendingViews {
  readonly views: Pick<Views, 'state' | 'rebuild'>;
  /** Builds a view anew at the lowest priority and compares it; one at a time in a server. */
  readonly verify: Replaying['verify'];
  /** Whether an issue of the newsletter is on its way: what that and a comparison take of memory never come together. */
  readonly isSending: () => boolean;
  readonly findings: Findings;
  readonly onProblem: (reason: string) => void;
}

/**
 * Finds what a failing disk has changed in a view's file, which SQLite does not notice: compares one view after the
 * other with the log, and builds a differing one anew. Readers see everything meanwhile, and the forum's keeper is
 * told.
 */
export class ViewMender {
  readonly #parts: MendingViews;
  readonly #ending = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();
  #next = 0;
  #putOff = 0;
  #mended = 0;

  constructor(parts: MendingViews) {
    this.#parts = parts;
  }

  /** The views that differed and were built anew. */
  get mended(): number {
    return this.#mended;
  }

  /** Compares from now on, until it is closed. */
  begin(): void {
    this.#wait(FIRST_MS);
  }

  /** Compares the next view in turn and mends it; false when that is impossible now. */
  async compareNext(): Promise<boolean> {
    const { views, verify } = this.#parts;
    const states = views.state();
    const state = states[this.#next % states.length];
    if (state === undefined || states.some(({ building }) => building)) return false;
    if (this.#isPutOff()) return false;
    try {
      const { equal, position, difference } = await verify(state.name, { signal: this.#ending.signal, own: true });
      const where = difference === null ? '' : ` (in ${difference.table})`;
      if (!equal) await this.#mend(state.name, `is not what the log makes of it at position ${position}${where}`);
    } catch (error) {
      if (this.#ending.signal.aborted || error instanceof DomainError || state.stopped !== null) return false;
      await this.#mend(state.name, `could not be compared with the log: ${String(error)}`);
    }
    this.#next += 1;
    return true;
  }

  #isPutOff(): boolean {
    this.#putOff = this.#putOff < MOST_PUT_OFF && this.#parts.isSending() ? this.#putOff + 1 : 0;
    return this.#putOff > 0;
  }

  async close(): Promise<void> {
    this.#ending.abort();
    clearTimeout(this.#timer);
    await this.#turn;
  }

  async #mend(view: string, reason: string): Promise<void> {
    const { views, findings, onProblem } = this.#parts;
    findings.found('view', view, `view ${view} ${reason}`);
    onProblem(`the file of view ${view} ${reason}: it is built anew; look at the disk`);
    await views.rebuild(view);
    findings.mended(view);
    this.#mended += 1;
    onProblem(`view ${view} was built anew`);
  }

  #wait(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      this.#turn = this.#take();
    }, milliseconds);
    this.#timer.unref();
  }

  /** Once all views were compared after the start, comparisons are spread over a day. */
  #pauseAfter(compared: number): number {
    const { length } = this.#parts.views.state();
    return compared < length ? FIRST_PAUSE_MS : ROUND_MS / Math.max(1, length);
  }

  async #take(): Promise<void> {
    const done = await this.compareNext().catch((error: unknown) => {
      if (!this.#ending.signal.aborted) this.#parts.onProblem(`a view could not be built anew: ${String(error)}`);
      return false;
    });
    if (!this.#ending.signal.aborted) this.#wait(done ? this.#pauseAfter(this.#next) : PAUSE_MS);
  }
}
