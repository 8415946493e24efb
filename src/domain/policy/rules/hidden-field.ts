import type { MeasureOf } from '../../../../libs/words/index.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';

/** Catches forms with something in the field that people are not shown. */
export interface HiddenFieldRule extends RuleOf<'hidden-field'> {
  readonly measure: MeasureOf<'hidden-field'>;
}

export const hiddenFieldRule: PolicyRule<HiddenFieldRule> = {
  first: { rule: 'hidden-field', on: false, measure: 'reject' },
  caught: () => null,
  stops: ({ measure }, { form }) => (form?.isTrapFilled ? { measure, matched: 'filled in' } : null),
};
