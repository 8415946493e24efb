import type { MeasureOf } from '../../../../libs/words/index.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';
import { RECORD_LENGTH } from '../subject.ts';
import { before, SECOND } from '../times.ts';

/** Catches more than `most` comments of one author within `withinSeconds`. */
export interface FloodingRule extends RuleOf<'flooding'> {
  readonly most: number;
  readonly withinSeconds: number;
  readonly measure: MeasureOf<'flooding'>;
}

export const floodingRule: PolicyRule<FloodingRule> = {
  first: { rule: 'flooding', on: false, most: 20, withinSeconds: 300, measure: 'hold' },
  asksForRecord: true,
  check: ({ most, withinSeconds }, check) => {
    check.whole('most', most, { from: 1, to: RECORD_LENGTH });
    check.whole('withinSeconds', withinSeconds, { from: 1, to: 86_400 });
  },
  caught: ({ most, withinSeconds, measure }, { kind, author, now }) => {
    if (kind === 'edit') return null;
    const first = before(now, withinSeconds * SECOND);
    const count = author.earlier.filter(({ at }) => at >= first).length;
    return count >= most ? { measure, matched: `${count + 1} comments within ${withinSeconds} seconds` } : null;
  },
};
