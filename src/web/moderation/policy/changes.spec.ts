import { describe, expect, it } from '@jest/globals';
import type { SentRule } from '../../../../libs/client/index.ts';
import { policyChanges } from './changes.ts';
import { moved, rulesIn } from './fields.ts';

const RULES: readonly SentRule[] = [
  { rule: 'length', on: false, least: 1, most: 100, measure: 'hold' },
  { rule: 'banned-words', on: true, words: ['casino', 'roulette'], measure: 'reject' },
  { rule: 'links', on: true, most: 5, trustedHosts: [], measure: 'hold' },
  { rule: 'newcomer', on: false, firstComments: 1, firstDays: 0, measure: 'hold' },
];
const changed = (name: string, over: object) => RULES.map((rule) => (rule.rule === name ? { ...rule, ...over } : rule));
const names = (rules: readonly SentRule[]) => rules.map(({ rule }) => rule);

describe('what changed between two versions', () => {
  it('is nothing when they are the same', () => {
    expect(policyChanges(RULES, RULES)).toEqual([]);
  });

  it('is told setting by setting, and word by word', () => {
    expect(policyChanges(RULES, changed('links', { on: false, most: 3, measure: 'reject' }))).toEqual([
      { kind: 'switched', rule: 'links', on: false },
      { kind: 'setting', rule: 'links', name: 'most', before: 5, after: 3 },
      { kind: 'setting', rule: 'links', name: 'measure', before: 'hold', after: 'reject' },
    ]);
    expect(policyChanges(RULES, changed('banned-words', { words: ['roulette', 'poker'] }))).toEqual([
      { kind: 'entries', rule: 'banned-words', name: 'words', taken: ['casino'], added: ['poker'], more: 0 },
    ]);
  });

  it('names the first of many entries that were taken and added, and counts the others', () => {
    const before = changed('banned-words', { words: Array.from({ length: 50 }, (_, n) => `old${n}`) });
    const after = changed('banned-words', { words: Array.from({ length: 10_000 }, (_, n) => `new${n}`) });
    const [change] = policyChanges(before, after);
    expect(change).toMatchObject({ kind: 'entries', more: 9_990 });
    if (change?.kind !== 'entries') throw new Error('a list was changed');
    expect([change.taken.length, change.added]).toEqual([30, Array.from({ length: 30 }, (_, n) => `new${n}`)]);
  });

  it('names the rule that was moved, not those that made room', () => {
    const [length, banned, links, newcomer] = RULES;
    if (!length || !banned || !links || !newcomer) throw new Error('four rules');
    expect(policyChanges(RULES, [newcomer, length, banned, links])).toEqual([
      { kind: 'moved', rule: 'newcomer', before: 4, after: 1 },
    ]);
  });
});

describe('the order of the rules', () => {
  it('is changed one step at a time, and never past the ends', () => {
    expect(names(moved(RULES, 'up links'))).toEqual(['length', 'links', 'banned-words', 'newcomer']);
    expect(names(moved(RULES, 'down length'))).toEqual(['banned-words', 'length', 'links', 'newcomer']);
    for (const wish of ['up length', 'down newcomer', 'up nothing', '']) expect(moved(RULES, wish)).toEqual(RULES);
  });

  it('comes back from the form; what it does not name stands last, and what is unknown is left out', () => {
    expect(names(rulesIn({ order: 'links,constructor,length' }, RULES))).toEqual([
      'links',
      'length',
      'banned-words',
      'newcomer',
    ]);
  });
});
