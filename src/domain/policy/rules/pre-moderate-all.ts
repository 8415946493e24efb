import type { PolicyRule, RuleOf } from '../rule.ts';

/** Holds everybody's comments for a moderator. */
export const premoderateAllRule: PolicyRule<RuleOf<'pre-moderate-all'>> = {
  first: { rule: 'pre-moderate-all', on: false },
  caught: () => ({ measure: 'hold', matched: 'every comment' }),
};
