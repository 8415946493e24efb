import { type Fold, unreachable } from '../../../libs/kernel/index.ts';
import type { PolicyEvent } from './policy.events.ts';
import { type PolicyInForce, wholePolicy } from './policy.settings.ts';

/** The version that a stream is about, once somebody has made it. */
export const policyFacts: Fold<PolicyInForce | null, PolicyEvent> = {
  initial: () => null,
  evolve: (_, fact) => {
    switch (fact.type) {
      case 'PolicySet.v1':
        return { version: fact.data.version, policy: wholePolicy(fact.data.policy) };
      default:
        return unreachable(fact.type);
    }
  },
};
