import type { PolicyRule, RuleOf } from '../rule.ts';

/** Everybody's comments wait for a moderator. */
export const premoderateAllRule: PolicyRule<RuleOf<'pre-moderate-all'>> = {
  first: { rule: 'pre-moderate-all', on: false },
  caught: () => ({ measure: 'hold', matched: 'every comment' }),
};
