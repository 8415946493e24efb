import { expect, test } from '@jest/globals';
import { isReplyTemplate } from '../../libs/words/index.ts';
import { REPLY_DAYS, ReplyAddresses } from './reply-addresses.ts';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-26T08:00:00.000Z');
const commentId = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0c01';
const receiver = {
  memberId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0c02',
  email: 'asker@forum.example',
  emailSince: '2026-11-26T07:00:00.000Z',
};
const addresses = new ReplyAddresses('reply+{token}@forum.example', () => 'a secret');
const address = addresses.write(commentId, receiver, NOW);
const tokenOf = (text: string): string => addresses.tokenIn(text) ?? '';

test('an address is read for its receiver alone, in any case, until it is over', () => {
  expect(address).toMatch(/^reply\+[0-9a-v]{48}@forum\.example$/);
  expect(addresses.read(tokenOf(address.toUpperCase()), receiver, NOW)).toEqual({ state: 'valid', commentId });
  const last = NOW + REPLY_DAYS * DAY_MS;
  expect(addresses.read(tokenOf(address), receiver, last)).toEqual({ state: 'valid', commentId });
  expect(addresses.read(tokenOf(address), receiver, last + DAY_MS)).toEqual({ state: 'expired', commentId });
  expect(addresses.read(tokenOf(address), { ...receiver, memberId: commentId }, NOW)).toEqual({ state: 'foreign' });
});

test('no change of a character, no other secret and no other place is read', () => {
  const token = tokenOf(address);
  for (let n = 0; n < token.length; n += 1) {
    const other = token.charAt(n) === 'a' ? 'b' : 'a';
    const changed = `${token.slice(0, n)}${other}${token.slice(n + 1)}`;
    expect(addresses.read(changed, receiver, NOW)).toEqual({ state: 'foreign' });
  }
  const others = new ReplyAddresses('reply+{token}@forum.example', () => 'another secret');
  expect(others.read(token, receiver, NOW)).toEqual({ state: 'foreign' });
  for (const text of ['reply@forum.example', `x${address}`, `${address}.evil`, 'reply+abc@forum.example', '']) {
    expect(addresses.tokenIn(text)).toBeNull();
  }
});

test('an address is over once the receiver has another one, and also when it has the first one back', () => {
  const token = tokenOf(address);
  const read = (over: Partial<typeof receiver>) => addresses.read(token, { ...receiver, ...over }, NOW).state;
  expect(read({ email: 'Asker@FORUM.example' })).toBe('valid');
  expect(read({ email: 'thief@forum.example' })).toBe('foreign');
  expect(read({ emailSince: '2026-11-26T09:00:00.000Z' })).toBe('foreign');
});

test('an address of an older version, which was for a member alone, holds while its address is from before that day', () => {
  // Made at NOW for the comment and the member above, with the secret above.
  const old = '1cehm7iq1h65b6gu5sfnqrgc058kr7peifekrqs1mbbu5dn4';
  const read = (emailSince: string) => addresses.read(old, { ...receiver, emailSince }, NOW + DAY_MS);
  expect(read('2026-11-25T23:59:59.999Z')).toEqual({ state: 'valid', commentId });
  for (const since of ['2026-11-26T00:00:00.000Z', '2026-11-27T08:00:00.000Z']) {
    expect(read(since)).toEqual({ state: 'foreign' });
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
