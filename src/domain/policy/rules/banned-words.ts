import type { MeasureOf } from '../../../../libs/words/index.ts';
import { checkedList } from '../list-check.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';
import { partIn } from '../text-forms.ts';

export interface BannedWordsRule extends RuleOf<'banned-words'> {
  readonly words: readonly string[];
  readonly measure: MeasureOf<'banned-words'>;
}

export const bannedWordsRule: PolicyRule<BannedWordsRule> = {
  first: { rule: 'banned-words', on: true, words: [], measure: 'reject' },
  tidied: (rule) => ({ ...rule, words: checkedList(rule.words).words }),
  check: ({ words }, check) => check.words(words),
  caught: ({ words, measure }, _, forms) => {
    const matched = partIn(forms, words);
    return matched === null ? null : { measure, matched };
  },
};
