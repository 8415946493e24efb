import { DomainError } from '../../libs/kernel/index.ts';
import type { ProofWish } from '../../libs/words/index.ts';

/** A refusal with the puzzle whose solution must come with the next try. */
export class ProofRequired extends DomainError {
  readonly challenge: ProofWish;

  constructor(challenge: ProofWish) {
    super('proof_required', 'Solve the challenge, and send the request again with its solution as proof.');
    this.challenge = challenge;
  }
}
