import type { MeasureOf } from '../../../../libs/words/index.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';

/**
 * Catches forms that are sent faster than a person fills them in, long after they were shown, or without the signed time
 * at which they were shown.
 */
export interface FormTimeRule extends RuleOf<'form-time'> {
  readonly leastSeconds: number;
  readonly mostHours: number;
  readonly measure: MeasureOf<'form-time'>;
}

const HOUR_SECONDS = 3_600;

export const formTimeRule: PolicyRule<FormTimeRule> = {
  first: { rule: 'form-time', on: false, leastSeconds: 3, mostHours: 24, measure: 'hold' },
  check: ({ leastSeconds, mostHours }, check) => {
    check.whole('leastSeconds', leastSeconds, { from: 0, to: 60 });
    check.whole('mostHours', mostHours, { from: 1, to: 168 });
  },
  caught: () => null,
  stops: ({ leastSeconds, mostHours, measure }, { form }) => {
    if (form === null) return null;
    const { seconds } = form;
    if (seconds === null) return { measure, matched: 'no signed time' };
    const isFine = seconds >= leastSeconds && seconds <= mostHours * HOUR_SECONDS;
    return isFine ? null : { measure, matched: `${seconds} seconds` };
  },
};
