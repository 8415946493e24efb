import { requireMayTakePart } from '../domain/sanction/standing.facts.ts';
import type { ForumFacts } from './forum-facts.ts';

/** Whether a member may say anything that others see. Used where no stream asks by itself: typing, names, posts. */
export class TakingPart {
  readonly #facts: ForumFacts;

  constructor(facts: ForumFacts) {
    this.#facts = facts;
  }

  /** The answer is as current as the log. Throws DomainError, see `requireMayTakePart`. */
  async require(memberId: string): Promise<void> {
    requireMayTakePart(await this.#facts.standing(memberId), new Date().toISOString());
  }
}
