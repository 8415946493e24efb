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

/** Version 0: a forum whose moderators have set nothing holds nobody back. */
export const FIRST_POLICY: Policy = { rules: FIRST_RULES };

/** A policy that was recorded before this forum knew one of its rules: that rule stands at its end, and is off. */
export function wholePolicy({ rules }: Policy): Policy {
  const missing = FIRST_RULES.filter(({ rule }) => !rules.some((known) => known.rule === rule));
  return { rules: [...rules, ...missing.map((rule) => ({ ...rule, on: false }))] };
}
