import type { EventStore } from '../../libs/event-store/index.ts';
import type { Projected, Views } from '../../libs/projections/index.ts';
import { writeLedger } from '../keeping/backup/ledger.ts';
import { erasuresChanges } from '../views/erasures/erasures.query-types.ts';

interface LedgerParts {
  readonly views: Pick<Views, 'ready' | 'onProjected'>;
  /** Whether there is anything to write. */
  readonly hasErased: () => Promise<boolean>;
  readonly onProblem: (reason: string) => void;
}

/** Keeps the ledger in this node's data directory: made anew at each start and whenever an erasure has gone on. */
export class LedgerKeeping {
  readonly #store: Pick<EventStore, 'readAll'>;
  readonly #file: string;
  readonly #onProblem: (reason: string) => void;
  readonly #unlisten: () => void;
  #turn: Promise<void> = Promise.resolve();
  #waiting = false;
  #closing = false;

  constructor(store: Pick<EventStore, 'readAll'>, file: string, { views, hasErased, onProblem }: LedgerParts) {
    this.#store = store;
    this.#file = file;
    this.#onProblem = onProblem;
    this.#unlisten = views.onProjected((projected) => {
      if (erasuresChanges(projected).length > 0) this.#writeSoon();
      else if (isRenewed(projected)) void this.#writeIfErased(views, hasErased);
    });
    void this.#writeIfErased(views, hasErased);
  }

  /** Waits for no views that a log keeps waiting. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#unlisten();
    await this.#turn;
  }

  /** The node may have been away, or was killed before it wrote; or the projector was, before it told. */
  async #writeIfErased(views: Pick<Views, 'ready'>, hasErased: () => Promise<boolean>): Promise<void> {
    try {
      await views.ready();
      if (!this.#closing && (await hasErased()) && !this.#closing) this.#writeSoon();
    } catch (error) {
      if (!this.#closing) this.#onProblem(`the ledger of erasures was not written: ${String(error)}`);
    }
  }

  /** Changes that come while one is written are written together after it. */
  #writeSoon(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#turn = this.#turn.then(() => this.#write());
  }

  async #write(): Promise<void> {
    this.#waiting = false;
    try {
      await writeLedger(this.#file, this.#store);
    } catch (error) {
      this.#onProblem(`the ledger of erasures was not written: ${String(error)}`);
    }
  }
}

function isRenewed(projected: readonly Projected[]): boolean {
  return projected.some(({ view, renewed }) => renewed && view === 'erasures');
}
