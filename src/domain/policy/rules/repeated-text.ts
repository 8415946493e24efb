import type { MeasureOf } from '../../../../libs/words/index.ts';
import { coreOfForms } from '../core.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';
import { before, HOUR } from '../times.ts';

/**
 * Catches a text that readers see as one of the author's own within so many hours. Case, width, signs, spaces and the
 * addresses of links do not count.
 */
export interface RepeatedTextRule extends RuleOf<'repeated-text'> {
  readonly withinHours: number;
  readonly measure: MeasureOf<'repeated-text'>;
}

export const repeatedTextRule: PolicyRule<RepeatedTextRule> = {
  first: { rule: 'repeated-text', on: false, withinHours: 24, measure: 'hold' },
  asksForRecord: true,
  check: ({ withinHours }, check) => check.whole('withinHours', withinHours, { from: 1, to: 8_760 }),
  caught: ({ withinHours, measure }, { kind, body, author, now }, forms) => {
    if (kind === 'edit') return null;
    const core = coreOfForms(body, forms);
    const first = before(now, withinHours * HOUR);
    const again = author.earlier.find((earlier) => earlier.core === core && earlier.at >= first);
    return again && core !== '' ? { measure, matched: `the same text at ${again.at}` } : null;
  },
};
