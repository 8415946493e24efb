import type { PolicyRule, RuleOf } from '../rule.ts';

/**
 * Holds the first comments of members who have not confirmed their e-mail address. While it is on, nobody confirms an
 * address whose mailbox is that of a banned or suspended member.
 */
export interface ConfirmedAddressRule extends RuleOf<'confirmed-address'> {
  readonly firstComments: number;
}

export const confirmedAddressRule: PolicyRule<ConfirmedAddressRule> = {
  first: { rule: 'confirmed-address', on: false, firstComments: 10 },
  asksForRecord: true,
  check: ({ firstComments }, check) => check.whole('firstComments', firstComments, { from: 1, to: 100 }),
  caught: ({ firstComments }, { author }) => {
    if (author.isConfirmed || author.visibleComments >= firstComments) return null;
    return { measure: 'hold', matched: 'address not confirmed' };
  },
};
