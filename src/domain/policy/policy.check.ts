import { DomainError, type FieldError, unreachable } from '../../../libs/kernel/index.ts';
import { normalized } from '../text.ts';
import { checkedList, MOST_WORDS, quoted } from './list-check.ts';
import { FIRST_POLICY, type Measure, type Policy, type Rule } from './policy.settings.ts';
import { readPolicy } from './policy.shape.ts';
import { RECORD_LENGTH } from './rules.ts';

const MOST_HOSTS = 1_000;
const HOST =
  /^(?=.{1,253}$)[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u;
/** Wrong fields that are named at once. */
const MOST_ERRORS = 20;

/**
 * The policy that somebody sent, as it is kept: words and hosts trimmed, each once. Every rule has to be there once, in
 * any order.
 * Throws DomainError `invalid` that names each wrong field (`rules.banned-words.words.3`) and what to do about it.
 */
export function policyOf(sent: unknown): Policy {
  const rules = readPolicy(sent).rules.map(tidied);
  const errors = [...missingAndDoubled(rules), ...rules.flatMap(errorsOf), ...contradictions(rules)];
  if (errors.length === 0) return { rules };
  const [first] = errors;
  throw new DomainError('invalid', `${first?.field} ${first?.message}`, errors.slice(0, MOST_ERRORS));
}

function tidied(rule: Rule): Rule {
  switch (rule.rule) {
    case 'banned-words':
    case 'suspect-words':
      return { ...rule, words: checkedList(rule.words).words };
    case 'links':
      return { ...rule, trustedHosts: eachOnce(rule.trustedHosts) };
    default:
      return rule;
  }
}

/** Blank lines of a pasted list are left out; of two that are the same but for case, the first stays. */
function eachOnce(lines: readonly string[]): readonly string[] {
  const kept = new Map<string, string>();
  for (const line of lines.slice(0, MOST_WORDS + 1).map(normalized)) {
    if (line === '') continue;
    const form = line.toLowerCase();
    if (!kept.has(form)) kept.set(form, line);
  }
  return lines.length > MOST_WORDS ? lines : [...kept.values()];
}

function missingAndDoubled(rules: readonly Rule[]): readonly FieldError[] {
  return FIRST_POLICY.rules.flatMap(({ rule: name }) => {
    const times = rules.filter(({ rule }) => rule === name).length;
    if (times === 1) return [];
    const message = times === 0 ? 'is missing; leave it in with on: false' : 'stands in the list more than once';
    return [{ field: `rules.${name}`, message }];
  });
}

function errorsOf(rule: Rule): readonly FieldError[] {
  const check = new RuleCheck(rule.rule);
  switch (rule.rule) {
    case 'length':
      check.whole('least', rule.least, { from: 1, to: 500 });
      check.whole('most', rule.most, { from: 100, to: 10_000 });
      check.that(rule.least <= rule.most, 'most', 'must not be less than least');
      check.measure(rule.measure, ['report', 'hold', 'reject']);
      break;
    case 'closed-discussion':
      check.whole('afterDays', rule.afterDays, { from: 1, to: 36_500 });
      break;
    case 'banned-words':
      check.words(rule.words);
      check.measure(rule.measure, ['hold', 'reject']);
      break;
    case 'suspect-words':
      check.words(rule.words);
      break;
    case 'links':
      check.whole('most', rule.most, { from: 0, to: 1_000 });
      check.hosts(rule.trustedHosts);
      check.measure(rule.measure, ['report', 'hold', 'reject']);
      break;
    case 'repeated-text':
      check.whole('withinHours', rule.withinHours, { from: 1, to: 8_760 });
      check.measure(rule.measure, ['report', 'hold', 'reject']);
      break;
    case 'flooding':
      check.whole('most', rule.most, { from: 1, to: RECORD_LENGTH });
      check.whole('withinSeconds', rule.withinSeconds, { from: 1, to: 86_400 });
      check.measure(rule.measure, ['report', 'hold', 'reject']);
      break;
    case 'newcomer':
      check.whole('firstComments', rule.firstComments, { from: 0, to: 100 });
      check.whole('firstDays', rule.firstDays, { from: 0, to: 365 });
      check.measure(rule.measure, ['report', 'hold']);
      break;
    case 'recent-record':
      check.whole('ofLast', rule.ofLast, { from: 1, to: RECORD_LENGTH });
      check.that(rule.share > 0 && rule.share <= 1, 'share', 'must be greater than 0 and at most 1');
      check.measure(rule.measure, ['report', 'hold']);
      break;
    case 'pre-moderated-member':
    case 'pre-moderate-all':
      break;
    default:
      unreachable(rule);
  }
  return check.errors;
}

class RuleCheck {
  readonly errors: FieldError[] = [];
  readonly #rule: string;

  constructor(rule: string) {
    this.#rule = rule;
  }

  /** Lists are long and nearly always right: a message that costs something is made when it is needed. */
  that(holds: boolean, field: string, message: string | (() => string)): void {
    if (holds) return;
    const told = typeof message === 'string' ? message : message();
    this.errors.push({ field: `rules.${this.#rule}.${field}`, message: told });
  }

  whole(field: string, value: number, { from, to }: { readonly from: number; readonly to: number }): void {
    const holds = Number.isInteger(value) && value >= from && value <= to;
    this.that(holds, field, `must be a whole number from ${from} to ${to}`);
  }

  measure(measure: Measure, allowed: readonly Measure[]): void {
    this.that(allowed.includes(measure), 'measure', `must be ${allowed.join(' or ')}`);
  }

  words(words: readonly string[]): void {
    this.that(words.length <= MOST_WORDS, 'words', `must have ${MOST_WORDS} entries at most; it has ${words.length}`);
    for (const { at, message } of checkedList(words).errors) this.that(false, `words.${at}`, message);
  }

  hosts(hosts: readonly string[]): void {
    this.that(hosts.length <= MOST_HOSTS, 'trustedHosts', `must have ${MOST_HOSTS} entries at most`);
    if (hosts.length > MOST_HOSTS) return;
    for (const [at, host] of hosts.entries()) {
      this.that(
        HOST.test(host),
        `trustedHosts.${at}`,
        () => `${quoted(host)} must be the name of a host, such as example.org`,
      );
    }
  }
}

/** A word cannot be turned away and let through at once. */
function contradictions(rules: readonly Rule[]): readonly FieldError[] {
  const banned = rules.find((rule) => rule.rule === 'banned-words');
  const suspect = rules.find((rule) => rule.rule === 'suspect-words');
  if (!banned || !suspect || banned.words.length > MOST_WORDS || suspect.words.length > MOST_WORDS) return [];
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
