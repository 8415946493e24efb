import type { EventStore } from '../../libs/event-store/index.ts';
import type { Views } from '../../libs/projections/index.ts';
import { writeLedger } from '../keeping/backup/ledger.ts';
import { erasuresChanges } from '../views/erasures/erasures.query-types.ts';

/** Keeps the ledger in this node's data directory: made anew at each start and whenever an erasure has gone on. */
export class LedgerKeeping {
  readonly #store: Pick<EventStore, 'readAll'>;
  readonly #file: string;
  readonly #onProblem: (reason: string) => void;
  readonly #unlisten: () => void;
  #turn: Promise<void>;
  #waiting = false;

  constructor(
    store: Pick<EventStore, 'readAll'>,
    file: string,
    { views, onProblem }: { views: Pick<Views, 'ready' | 'onProjected'>; onProblem: (reason: string) => void },
  ) {
    this.#store = store;
    this.#file = file;
    this.#onProblem = onProblem;
    this.#unlisten = views.onProjected((projected) => {
      if (erasuresChanges(projected).length > 0) this.#writeSoon();
    });
    this.#turn = Promise.resolve();
  }

  async close(): Promise<void> {
    this.#unlisten();
    await this.#turn;
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
