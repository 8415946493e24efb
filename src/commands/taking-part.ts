import type { EventStore } from '../../libs/event-store/index.ts';
import { requireMayTakePart } from '../domain/sanction/standing.facts.ts';
import { factsOf } from './forum-facts.ts';

/** Whether a member may say anything that others see, asked where no stream of its own asks: typing, names, posts. */
export class TakingPart {
  readonly #store: EventStore;

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** As current as the log. Throws DomainError `banned`, `suspended`, `warning_open`. */
  async require(memberId: string): Promise<void> {
    requireMayTakePart(await factsOf(this.#store).standing(memberId), new Date().toISOString());
  }
}
