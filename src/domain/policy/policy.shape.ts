import { DomainError, type FieldError, isRecord, isTexts } from '../../../libs/kernel/index.ts';
import { MOST_POLICY_RULES } from '../../../libs/words/index.ts';
import { FIRST_POLICY, type Policy, type Rule } from './policy.settings.ts';

/** The most wrong fields that one refusal names. */
const MOST_ERRORS = 20;
const TEMPLATES: ReadonlyMap<unknown, Rule> = new Map(FIRST_POLICY.rules.map((rule) => [rule.rule, rule]));

/**
 * The policy that somebody sent, when it has the right form: every rule is known, with exactly its own fields, each of
 * the right kind. `policyOf` checks the values. Throws DomainError `invalid`.
 */
export function readPolicy(value: unknown): Policy {
  const rules: unknown = isRecord(value) ? value.rules : undefined;
  if (!Array.isArray(rules) || rules.length > MOST_POLICY_RULES)
    throw wrong([{ field: 'rules', message: 'must be the list of rules' }]);
  const errors: FieldError[] = [];
  for (const [at, rule] of rules.entries()) {
    errors.push(...errorsOf(rule, `rules.${at}`));
    if (errors.length > MOST_ERRORS) break;
  }
  if (errors.length > 0 || !isRules(rules)) throw wrong(errors);
  return { rules };
}

function errorsOf(rule: unknown, at: string): readonly FieldError[] {
  if (!isRecord(rule)) return [{ field: at, message: 'must be a rule: an object' }];
  const template = TEMPLATES.get(rule.rule);
  if (!template) return [{ field: `${at}.rule`, message: `must be one of ${[...TEMPLATES.keys()].join(', ')}` }];
  const name = template.rule;
  const known = Object.entries(template).flatMap(([field, example]) => {
    const message = complaint(rule[field], example);
    return message === null ? [] : [{ field: `rules.${name}.${field}`, message }];
  });
  const unknown = Object.keys(rule)
    .filter((field) => !Object.hasOwn(template, field))
    .slice(0, MOST_ERRORS);
  return [
    ...known,
    ...unknown.map((field) => ({ field: `rules.${name}.${field}`, message: 'is no field of this rule' })),
  ];
}

/** The first policy is the example that tells what kind of value a field takes. */
function complaint(value: unknown, example: unknown): string | null {
  if (Array.isArray(example)) {
    const isTexts = Array.isArray(value) && value.every((entry) => typeof entry === 'string' && entry.isWellFormed());
    return isTexts ? null : 'must be a list of texts';
  }
  if (typeof value === typeof example) return null;
  return `must be a ${typeof example === 'boolean' ? 'true or false' : typeof example === 'number' ? 'number' : 'text'}`;
}

function wrong(errors: readonly FieldError[]): DomainError {
  const [first] = errors;
  return new DomainError('invalid', `${first?.field} ${first?.message}`, errors.slice(0, MOST_ERRORS));
}

function isRules(rules: readonly unknown[]): rules is readonly Rule[] {
  return rules.every((rule) => errorsOf(rule, '').length === 0);
}

/** The lists of words in a policy that somebody sent; a policy of another form has none. */
export function listsOf(value: unknown): readonly (readonly string[])[] {
  const rules: unknown = isRecord(value) ? value.rules : undefined;
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule: unknown) => (isRecord(rule) && isTexts(rule.words) ? [rule.words] : []));
}
