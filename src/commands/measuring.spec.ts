import { expect, test } from '@jest/globals';
import { NOW } from '../../test/support/given.ts';
import { FIRST_POLICY, type Policy } from '../domain/policy/policy.settings.ts';
import type { JudgedTranslation } from '../domain/translation/translating.rules.ts';
import { measuredTranslation } from './measured-translation.ts';
import { measuredAside } from './measuring.ts';

const rules: Policy['rules'] = [{ rule: 'banned-words', on: true, measure: 'hold', words: ['forbidden'] }];
const judged = (body: string): JudgedTranslation => ({
  policy: { version: 1, policy: { ...FIRST_POLICY, rules } },
  body,
  now: NOW,
  author: { registeredAt: NOW, visibleComments: 0, isPremoderated: false, isConfirmed: true, earlier: [] },
});
const long = (end: string): string => `${'- a *long* text\n'.repeat(2_000)}${end}`;

/** Turns of the event loop until it is done. */
async function turnsUntil(done: Promise<unknown>): Promise<number> {
  let [turns, isDone] = [0, false];
  const turn = (): void => {
    turns += 1;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  await done;
  isDone = true;
  return turns;
}

test('a translation is judged the same at once and aside, and a long one lets the event loop turn meanwhile', async () => {
  const texts = ['Short', 'Short and forbidden', long('.'), long('forbidden')].map(judged);
  const measures = [null, 'hold', null, 'hold'];
  expect(texts.map(measuredTranslation)).toEqual(measures);
  expect(await Promise.all(texts.map(measuredAside))).toEqual(measures);
  expect(await turnsUntil(measuredAside(judged(long('.'))))).toBeGreaterThan(10);
});
