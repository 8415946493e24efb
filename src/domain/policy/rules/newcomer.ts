import type { MeasureOf } from '../../../../libs/words/index.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';
import { DAY, since } from '../times.ts';

/** Catches the first comments of a member, or those of its first days; 0 switches either part off. */
export interface NewcomerRule extends RuleOf<'newcomer'> {
  readonly firstComments: number;
  readonly firstDays: number;
  readonly measure: MeasureOf<'newcomer'>;
}

export const newcomerRule: PolicyRule<NewcomerRule> = {
  first: { rule: 'newcomer', on: false, firstComments: 1, firstDays: 0, measure: 'hold' },
  asksForRecord: true,
  check: ({ firstComments, firstDays }, check) => {
    check.whole('firstComments', firstComments, { from: 0, to: 100 });
    check.whole('firstDays', firstDays, { from: 0, to: 365 });
  },
  caught: ({ firstComments, firstDays, measure }, { author, now }) => {
    if (author.visibleComments < firstComments)
      return { measure, matched: `${author.visibleComments} comments so far` };
    const days = Math.floor(since(author.registeredAt, now) / DAY);
    return days < firstDays ? { measure, matched: `registered ${days} days ago` } : null;
  },
};
