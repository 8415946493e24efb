import { type MeasureOf, PROOF_BITS } from '../../../../libs/words/index.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';

/**
 * Asks for a proof of work from those who register or write as guests, once so many came within the last hour. A form
 * without it is held at most, since a person without JavaScript cannot give one.
 */
export interface ProofOfWorkRule extends RuleOf<'proof-of-work'> {
  /** 0 asks everybody. */
  readonly fromArrivals: number;
  /** Zero bits of each puzzle: one more doubles the work. */
  readonly bits: number;
  readonly measure: MeasureOf<'proof-of-work'>;
}

export const proofOfWorkRule: PolicyRule<ProofOfWorkRule> = {
  first: { rule: 'proof-of-work', on: false, fromArrivals: 0, bits: 12, measure: 'reject' },
  check: ({ fromArrivals, bits }, check) => {
    check.whole('fromArrivals', fromArrivals, { from: 0, to: 10_000 });
    check.whole('bits', bits, { from: PROOF_BITS.least, to: PROOF_BITS.most });
  },
  caught: () => null,
  stops: ({ fromArrivals, measure }, { form, proof }) => {
    if (proof === null || proof.isGiven || proof.arrivals < fromArrivals) return null;
    return { measure: form === null ? measure : 'hold', matched: 'no proof' };
  },
};
