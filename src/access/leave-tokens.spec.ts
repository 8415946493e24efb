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

test('a link counts while the member has the address that it was mailed to, without a break', () => {
  const receiver = { memberId, email: 'A@example.org', emailSince: '2015-10-05T08:00:00.000Z' };
  for (const kinds of [null, ['reply']] as const) {
    const read = tokens.read(tokens.write({ memberId, way: 'mail', kinds }, receiver));
    expect(read).toEqual({ memberId, way: 'mail', kinds, mailedTo: expect.any(String) });
    if (read === null) throw new Error('unread');
    const others = [
      { ...receiver, email: 'b@example.org' },
      { ...receiver, emailSince: '2015-10-06T08:00:00.000Z' },
      null,
    ];
    expect(
      [receiver, { ...receiver, email: 'a@example.org' }, ...others].map((one) => tokens.isFor(read, one)),
    ).toEqual([true, true, false, false, false]);
  }
});

test('the link of a mail that was sent before links named kinds is for all that came by its way', () => {
  const old = 'Cx0bHloMTFWaHi8ffW4MAwEuZp5NYFfR4lbFllM398PF';
  expect(tokens.read(old)).toEqual({ memberId, way: 'daily', kinds: null });
});
