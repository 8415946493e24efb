import { expect, test } from '@jest/globals';
import { NOTIFICATION_KINDS } from '../../libs/words/index.ts';
import { LeaveTokens } from './leave-tokens.ts';

const memberId = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0c03';
const tokens = new LeaveTokens(() => 'a secret');

test('a token names whose mails end, and nobody makes one', () => {
  for (const way of ['mail', 'daily', 'weekly'] as const) {
    for (const kinds of [null, ['reply'], ['mention', 'queue'], NOTIFICATION_KINDS] as const) {
      expect(tokens.read(tokens.write({ memberId, way, kinds }))).toEqual({ memberId, way, kinds });
    }
  }
  const token = tokens.write({ memberId, way: 'mail', kinds: ['reply'] });
  expect(new LeaveTokens(() => 'another secret').read(token)).toBeNull();
  for (const other of ['', 'x', `${token}A`, token.slice(1), `B${token.slice(1)}`, 'a'.repeat(10_000)]) {
    expect(tokens.read(other)).toBeNull();
  }
});

test('the link of a mail that was sent before links named kinds is for all that came by its way', () => {
  const old = 'Cx0bHloMTFWaHi8ffW4MAwEuZp5NYFfR4lbFllM398PF';
  expect(tokens.read(old)).toEqual({ memberId, way: 'daily', kinds: null });
});
