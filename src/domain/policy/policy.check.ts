import { DomainError, type FieldError } from '../../../libs/kernel/index.ts';
import { type Measure, RULE_MEASURES } from '../../../libs/words/index.ts';
import { CAME_LATER, checkSettings, tidied } from './every-rule.ts';
import { checkedList, excessOf, quoted } from './list-check.ts';
import { FIRST_POLICY, type Policy, type Rule, wholePolicy } from './policy.settings.ts';
import { readPolicy } from './policy.shape.ts';
import { RuleCheck } from './rule-check.ts';

/** The most wrong fields that one refusal names. */
const MOST_ERRORS = 20;

/**
 * The policy that somebody sent, as it is stored: words and hosts are trimmed, each once. Every rule must be there
 * once, in any order; those that came later may be left out, by programs that do not know them, and are off then.
 * Throws DomainError `invalid` that names each wrong field (`rules.banned-words.words.3`) and says what to do.
 */
export function policyOf(sent: unknown): Policy {
  const rules = readPolicy(sent).rules.map((rule) => tidied(rule));
  const errors = [...missingAndDoubled(rules), ...rules.flatMap(errorsOf), ...contradictions(rules)];
  if (errors.length === 0) return wholePolicy({ rules });
  const [first] = errors;
  throw new DomainError('invalid', `${first?.field} ${first?.message}`, errors.slice(0, MOST_ERRORS));
}

function missingAndDoubled(rules: readonly Rule[]): readonly FieldError[] {
  return FIRST_POLICY.rules.flatMap(({ rule: name }) => {
    const times = rules.filter(({ rule }) => rule === name).length;
    if (times === 1 || (times === 0 && CAME_LATER.includes(name))) return [];
    const message = times === 0 ? 'is missing; leave it in with on: false' : 'stands in the list more than once';
    return [{ field: `rules.${name}`, message }];
  });
}

function errorsOf(rule: Rule): readonly FieldError[] {
  const check = new RuleCheck(rule.rule);
  checkSettings(rule, check);
  if ('measure' in rule) {
    const allowed: readonly Measure[] = RULE_MEASURES[rule.rule];
    check.that(allowed.includes(rule.measure), 'measure', `must be ${allowed.join(' or ')}`);
  }
  return check.errors;
}

/** A word cannot be banned and allowed at the same time. */
function contradictions(rules: readonly Rule[]): readonly FieldError[] {
  const banned = rules.find((rule) => rule.rule === 'banned-words');
  const suspect = rules.find((rule) => rule.rule === 'suspect-words');
  if (!banned || !suspect || [banned, suspect].some(({ words }) => excessOf(words) !== null)) return [];
  const forms = new Set(checkedList(banned.words).forms);
  const { words, forms: suspectForms } = checkedList(suspect.words);
  return words.flatMap((word, at) =>
    forms.has(suspectForms[at] ?? '')
      ? [
          {
            field: `rules.suspect-words.words.${at}`,
            message: `${quoted(word)} is a banned word too; leave it in one of the two`,
          },
        ]
      : [],
  );
}
