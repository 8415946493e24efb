import { expect, test } from '@jest/globals';
import { FormStamps } from './form-stamps.ts';

const SHOWN = Date.parse('2026-11-26T10:00:00.700Z');
const node = (secret = 'a secret of all nodes') => new FormStamps(() => secret);

test('given a form of one node, then another knows how long ago it was shown', () => {
  expect(node().age(node().write(SHOWN), SHOWN + 42_000)).toBe(42);
  expect(node().age(node().write(SHOWN), SHOWN)).toBe(0);
});

test('given the same second, then the stamp is the same for all readers', () => {
  expect(node().write(SHOWN)).toBe(node().write(SHOWN + 200));
  expect(node().write(SHOWN)).not.toBe(node().write(SHOWN + 1_000));
});

test('given what this forum did not sign, or a time to come, then there is no age', () => {
  const stamp = node().write(SHOWN);
  const [, mac = ''] = stamp.split('.');
  const earlier = Math.floor(SHOWN / 1_000 - 60).toString(36);
  const forged = ['', 'x', `${earlier}.${mac}`, `${stamp}x`, stamp.toUpperCase(), node('another').write(SHOWN)];
  expect(forged.map((one) => node().age(one, SHOWN + 60_000))).toEqual(forged.map(() => null));
  expect(node().age(node().write(SHOWN + 60_000), SHOWN)).toBe(null);
});
