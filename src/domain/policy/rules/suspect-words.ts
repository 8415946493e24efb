import { checkedList } from '../list-check.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';
import { wordFinder } from '../word-list.ts';

/** Publishes the comment and reports it to the moderators. */
export interface SuspectWordsRule extends RuleOf<'suspect-words'> {
  readonly words: readonly string[];
}

export const suspectWordsRule: PolicyRule<SuspectWordsRule> = {
  first: { rule: 'suspect-words', on: true, words: [] },
  tidied: (rule) => ({ ...rule, words: checkedList(rule.words).words }),
  check: ({ words }, check) => check.words(words),
  caught: ({ words }, _, text) => {
    const found = wordFinder(words)(text);
    return found && { measure: 'report', matched: found.part };
  },
};
