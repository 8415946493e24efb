import { expect, it } from '@jest/globals';
import type { Screened } from '../domain/member/screening.events.ts';
import { FIRST_POLICY, type Policy } from '../domain/policy/policy.settings.ts';
import { Registrations } from './registrations.ts';

const at = (hour: number) => `2026-11-26T${String(hour).padStart(2, '0')}:00:00.000Z`;
const FINE = { domain: 'example.org', isListed: false };
const THROWN = { domain: 'thrown.example', isListed: true };
const told = (seconds: number, measure: Screened['measure'] = null): Screened => ({
  policyVersion: 1,
  measure,
  rules: [],
  signs: { form: { seconds, isTrapFilled: false }, network: { withinHour: 1, withinDay: 1 } },
});
const on = (...names: readonly string[]): { version: number; policy: Policy } => ({
  version: 0,
  policy: { rules: FIRST_POLICY.rules.map((rule) => ({ ...rule, on: names.includes(rule.rule) })) },
});

function known(): Registrations {
  const registrations = new Registrations();
  registrations.registered('first', at(1), THROWN);
  registrations.registered('second', at(2), FINE);
  registrations.screened('second', told(1));
  registrations.registered('third', at(3), FINE);
  registrations.screened('third', told(90, 'hold'));
  registrations.screened('nobody', told(1));
  return registrations;
}

it('tells whom other rules would have held, as far as it is known how they came', () => {
  expect(known().result(on('form-time', 'disposable-address'), { from: null, to: null })).toEqual({
    judged: 3,
    unseen: 1,
    held: 2,
    refused: 0,
    // The third was held then, and would not be now.
    changed: 3,
    byRule: { 'form-time': 1, 'disposable-address': 1 },
  });
});

it('judges those of the period alone', () => {
  const result = known().result(on('form-time'), { from: at(2), to: at(3) });
  expect(result).toEqual({ judged: 1, unseen: 0, held: 1, refused: 0, changed: 1, byRule: { 'form-time': 1 } });
});
