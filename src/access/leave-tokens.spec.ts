import { expect, test } from '@jest/globals';
import { LeaveTokens } from './leave-tokens.ts';

const memberId = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0c03';
const tokens = new LeaveTokens(() => 'a secret');

test('a token names whose mails end, and nobody makes one', () => {
  for (const way of ['mail', 'daily', 'weekly'] as const) {
    expect(tokens.read(tokens.write({ memberId, way }))).toEqual({ memberId, way });
  }
  const token = tokens.write({ memberId, way: 'mail' });
  expect(new LeaveTokens(() => 'another secret').read(token)).toBeNull();
  for (const other of ['', 'x', `${token}A`, token.slice(1), `B${token.slice(1)}`, 'a'.repeat(10_000)]) {
    expect(tokens.read(other)).toBeNull();
  }
});
