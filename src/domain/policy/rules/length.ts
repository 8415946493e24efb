import { type MeasureOf, TEXT_LIMITS } from '../../../../libs/words/index.ts';
import { countCharacters } from '../../text.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';

/** Catches comments that are shorter or longer than this, in characters after trimming. */
export interface LengthRule extends RuleOf<'length'> {
  readonly least: number;
  readonly most: number;
  readonly measure: MeasureOf<'length'>;
}

export const lengthRule: PolicyRule<LengthRule> = {
  first: { rule: 'length', on: false, least: 1, most: TEXT_LIMITS.comment.max, measure: 'hold' },
  check: ({ least, most }, check) => {
    check.whole('least', least, { from: 1, to: 500 });
    check.whole('most', most, { from: 100, to: TEXT_LIMITS.comment.max });
    check.that(least <= most, 'most', 'must not be less than least');
  },
  caught: ({ least, most, measure }, { body }) => {
    const length = countCharacters(body);
    return length < least || length > most ? { measure, matched: `${length} characters` } : null;
  },
};
