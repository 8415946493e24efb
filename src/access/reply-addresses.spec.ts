import { expect, test } from '@jest/globals';
import { isReplyTemplate } from '../../libs/words/index.ts';
import { REPLY_DAYS, ReplyAddresses } from './reply-addresses.ts';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-26T08:00:00.000Z');
const replying = {
  commentId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0c01',
  memberId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0c02',
};
const addresses = new ReplyAddresses('reply+{token}@forum.example', () => 'a secret');
const address = addresses.write(replying, NOW);
const tokenOf = (text: string): string => addresses.tokenIn(text) ?? '';

test('an address is read for its receiver alone, in any case, until it is over', () => {
  const { commentId, memberId } = replying;
  expect(address).toMatch(/^reply\+[0-9a-v]{48}@forum\.example$/);
  expect(addresses.read(tokenOf(address.toUpperCase()), memberId, NOW)).toEqual({ state: 'valid', commentId });
  const last = NOW + REPLY_DAYS * DAY_MS;
  expect(addresses.read(tokenOf(address), memberId, last)).toEqual({ state: 'valid', commentId });
  expect(addresses.read(tokenOf(address), memberId, last + DAY_MS)).toEqual({ state: 'expired', commentId });
  expect(addresses.read(tokenOf(address), commentId, NOW)).toEqual({ state: 'foreign' });
});

test('no change of a character, no other secret and no other place is read', () => {
  const token = tokenOf(address);
  for (let n = 0; n < token.length; n += 1) {
    const other = token.charAt(n) === 'a' ? 'b' : 'a';
    const changed = `${token.slice(0, n)}${other}${token.slice(n + 1)}`;
    expect(addresses.read(changed, replying.memberId, NOW)).toEqual({ state: 'foreign' });
  }
  const others = new ReplyAddresses('reply+{token}@forum.example', () => 'another secret');
  expect(others.read(token, replying.memberId, NOW)).toEqual({ state: 'foreign' });
  for (const text of ['reply@forum.example', `x${address}`, `${address}.evil`, 'reply+abc@forum.example', '']) {
    expect(addresses.tokenIn(text)).toBeNull();
  }
});

test('a quoted address is taken out of a text', () => {
  expect(addresses.without(`To: <${address}>, ${address.toUpperCase()} and me@forum.example`)).toBe(
    'To: <…>, … and me@forum.example',
  );
});

test.each([
  ['reply+{token}@forum.example', true],
  ['{token}@replies.forum.example', true],
  ['reply@forum.example', false],
  ['reply+{token}', false],
  ['{token}+{token}@forum.example', false],
  [`${'r'.repeat(17)}{token}@forum.example`, false],
  ['reply+{token}@forum.example, x@y', false],
])('MAIL_REPLY_TO %s: %p', (text, fits) => {
  expect(isReplyTemplate(text)).toBe(fits);
});
