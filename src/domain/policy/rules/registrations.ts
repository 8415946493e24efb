import type { MeasureOf } from '../../../../libs/words/index.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';

/** Catches more registrations from one block of addresses than these within an hour or a day. */
export interface RegistrationsRule extends RuleOf<'registrations'> {
  readonly perHour: number;
  readonly perDay: number;
  readonly measure: MeasureOf<'registrations'>;
}

/** The most registrations that are counted for one block of addresses. */
export const MOST_REGISTRATIONS = 10_000;

export const registrationsRule: PolicyRule<RegistrationsRule> = {
  first: { rule: 'registrations', on: false, perHour: 5, perDay: 20, measure: 'hold' },
  check: ({ perHour, perDay }, check) => {
    check.whole('perHour', perHour, { from: 1, to: MOST_REGISTRATIONS });
    check.whole('perDay', perDay, { from: 1, to: MOST_REGISTRATIONS });
  },
  caught: () => null,
  stops: ({ perHour, perDay, measure }, { network }) => {
    if (network === null) return null;
    const { withinHour, withinDay } = network;
    if (withinHour >= perHour) return { measure, matched: `${withinHour + 1} within an hour` };
    return withinDay >= perDay ? { measure, matched: `${withinDay + 1} within a day` } : null;
  },
};
