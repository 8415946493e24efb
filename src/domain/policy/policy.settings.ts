import { FIRST_RULES, type Rule } from './every-rule.ts';

export type { Rule };

/** The rules in the order in which they are asked; each stands in it once. */
export interface Policy {
  readonly rules: readonly Rule[];
}

export interface PolicyInForce {
  readonly version: number;
  readonly policy: Policy;
}

/** Version 0, the policy of a new forum: it holds nobody back. */
export const FIRST_POLICY: Policy = { rules: FIRST_RULES };

/** A policy recorded before this forum knew one of its rules gets that rule at its end, switched off. */
export function wholePolicy({ rules }: Policy): Policy {
  const missing = FIRST_RULES.filter(({ rule }) => !rules.some((known) => known.rule === rule));
  return { rules: [...rules, ...missing.map((rule) => ({ ...rule, on: false }))] };
}
