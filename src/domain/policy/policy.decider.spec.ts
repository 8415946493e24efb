import { describe, expect, test } from '@jest/globals';
import { given, metaOf, refusal } from '../../../test/support/given.ts';
import { policyOf } from './policy.check.ts';
import { SetPolicy } from './policy.commands.ts';
import { policyDecider } from './policy.decider.ts';
import type { PolicySet } from './policy.events.ts';
import { FIRST_POLICY, type Policy, type Rule } from './policy.settings.ts';

const setPolicy = (over: Partial<SetPolicy['data']> = {}) =>
  new SetPolicy({ version: 3, policy: FIRST_POLICY, restores: null, note: ' Calmer ', ...over }, metaOf());
const policySet: PolicySet = {
  type: 'PolicySet.v1',
  data: { version: 3, policy: FIRST_POLICY, restores: null },
  personal: { note: 'Calmer' },
};
const withRules = (...rules: readonly Rule[]): Policy => ({
  rules: FIRST_POLICY.rules.map((rule) => rules.find((one) => one.rule === rule.rule) ?? rule),
});
const fieldsOf = (policy: Policy) => refusal(() => policyOf(policy)).errors.map(({ field }) => field);

describe('setting the policy', () => {
  test('makes the version after the newest', () => {
    given(policyDecider, []).when(setPolicy(), { newest: 2 }).then([policySet]);
    given(policyDecider, [])
      .when(setPolicy({ restores: 1 }), { newest: 2 })
      .then([{ ...policySet, data: { ...policySet.data, restores: 1 } }]);
  });

  test('is refused to whoever did not see the newest version, or comes second', () => {
    given(policyDecider, []).when(setPolicy(), { newest: 3 }).thenRefused('stale_revision');
    given(policyDecider, []).when(setPolicy(), { newest: 1 }).thenRefused('stale_revision');
    given(policyDecider, [policySet]).when(setPolicy(), { newest: 3 }).thenRefused('stale_revision');
  });
});

describe('a policy', () => {
  test('is kept with each word once, without blank lines', () => {
    const rule: Rule = {
      rule: 'banned-words',
      on: true,
      words: ['Casino', ' ', 'ＣＡＳＩＮＯ', '赌 博', '赌博', ''],
      measure: 'reject',
    };
    expect(policyOf(withRules(rule))).toEqual(withRules({ ...rule, words: ['Casino', '赌 博'] }));
  });

  test('may leave out what programs of before do not know, which is off then', () => {
    const names = [
      'confirmed-address',
      'form-time',
      'hidden-field',
      'proof-of-work',
      'disposable-address',
      'registrations',
    ];
    const known = FIRST_POLICY.rules.filter(({ rule }) => !names.includes(rule));
    const { rules } = policyOf({ rules: known });
    expect(rules.filter(({ rule }) => !names.includes(rule))).toEqual(known);
    expect(rules.filter(({ rule }) => names.includes(rule)).map(({ rule, on }) => [rule, on])).toEqual(
      names.map((name) => [name, false]),
    );
  });

  test('names every rule once', () => {
    expect(fieldsOf({ rules: FIRST_POLICY.rules.slice(1) })).toEqual(['rules.length']);
    expect(fieldsOf({ rules: [...FIRST_POLICY.rules, { rule: 'pre-moderate-all', on: true }] })).toEqual([
      'rules.pre-moderate-all',
    ]);
  });

  test.each<[string, Rule]>([
    ['rules.length.most', { rule: 'length', on: true, least: 200, most: 150, measure: 'hold' }],
    ['rules.length.most', { rule: 'length', on: true, least: 1, most: 1, measure: 'reject' }],
    ['rules.closed-discussion.afterDays', { rule: 'closed-discussion', on: true, afterDays: 0 }],
    ['rules.banned-words.words.1', { rule: 'banned-words', on: true, words: ['fine', '?!'], measure: 'hold' }],
    ['rules.banned-words.words.0', { rule: 'banned-words', on: true, words: ['a'], measure: 'hold' }],
    ['rules.banned-words.words.0', { rule: 'banned-words', on: true, words: ['ab*'], measure: 'hold' }],
    ['rules.banned-words.words.0', { rule: 'banned-words', on: true, words: ['x'.repeat(101)], measure: 'hold' }],
    [
      'rules.banned-words.words',
      { rule: 'banned-words', on: true, words: Array.from({ length: 100_000 }, (_, n) => `w${n}`), measure: 'hold' },
    ],
    [
      'rules.suspect-words.words',
      {
        rule: 'suspect-words',
        on: true,
        words: Array.from({ length: 10_000 }, (_, n) => `${n}`.padEnd(21, 'w')),
      },
    ],
    ['rules.links.most', { rule: 'links', on: true, most: -1, trustedHosts: [], measure: 'hold' }],
    [
      'rules.links.trustedHosts.0',
      { rule: 'links', on: true, most: 1, trustedHosts: ['https://a.test'], measure: 'hold' },
    ],
    ['rules.flooding.most', { rule: 'flooding', on: true, most: 0, withinSeconds: 60, measure: 'reject' }],
    ['rules.repeated-text.withinHours', { rule: 'repeated-text', on: true, withinHours: 0.5, measure: 'reject' }],
    ['rules.recent-record.share', { rule: 'recent-record', on: true, ofLast: 5, share: 0, measure: 'hold' }],
    [
      'rules.newcomer.firstDays',
      { rule: 'newcomer', on: true, firstComments: 1, firstDays: Number.NaN, measure: 'hold' },
    ],
  ])('is refused with %s wrong', (field, rule) => {
    expect(fieldsOf(withRules(rule))).toEqual([field]);
  });

  test.each<[string, unknown]>([
    ['rules', null],
    ['rules', { rules: {} }],
    ['rules', { rules: Array.from({ length: 51 }, () => FIRST_POLICY.rules[0]) }],
    ['rules.0', { rules: [null] }],
    ['rules.0.rule', { rules: [{ rule: '__proto__', on: true }] }],
    ['rules.links.most', { rules: [{ rule: 'links', on: true, most: '5', trustedHosts: [], measure: 'hold' }] }],
    ['rules.links.trustedHosts', { rules: [{ rule: 'links', on: true, most: 5, trustedHosts: [7], measure: 'hold' }] }],
    ['rules.pre-moderate-all.words', { rules: [{ rule: 'pre-moderate-all', on: true, words: [] }] }],
    ['rules.banned-words.words', { rules: [{ rule: 'banned-words', on: true, words: ['\ud800'], measure: 'hold' }] }],
  ])('has its form: %s', (field, sent) => {
    expect(refusal(() => policyOf(sent)).errors.map((error) => error.field)).toEqual([field]);
  });

  test('cannot ban a word and let it through at once', () => {
    const policy = withRules(
      { rule: 'banned-words', on: true, words: ['casino'], measure: 'reject' },
      { rule: 'suspect-words', on: true, words: ['loan', 'CASINO'] },
    );
    expect(fieldsOf(policy)).toEqual(['rules.suspect-words.words.1']);
  });
});
