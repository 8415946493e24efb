import { checkedList } from '../list-check.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';
import { partIn } from '../text-forms.ts';

/** Publishes the comment and reports it to the moderators. */
export interface SuspectWordsRule extends RuleOf<'suspect-words'> {
  readonly words: readonly string[];
}

export const suspectWordsRule: PolicyRule<SuspectWordsRule> = {
  first: { rule: 'suspect-words', on: true, words: [] },
  tidied: (rule) => ({ ...rule, words: checkedList(rule.words).words }),
  check: ({ words }, check) => check.words(words),
  caught: ({ words }, _, forms) => {
    const matched = partIn(forms, words);
    return matched === null ? null : { measure: 'report', matched };
  },
};
