import { expect, test } from '@jest/globals';
import { linkTokenIn, newLinkToken } from './link-token.ts';

const LINK = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e4001';

test('a link is read as it was made, and each has a secret of its own', () => {
  const { token, hash } = newLinkToken(LINK);
  expect(linkTokenIn(token)).toEqual({ linkId: LINK, hash });
  expect(token).toMatch(/^[0-9a-f-]{36}\.[A-Za-z0-9_-]{43}$/);
  expect(hash).not.toContain(token.slice(37));
  expect(newLinkToken(LINK).hash).not.toBe(hash);
});

test.each([
  ['nothing', ''],
  ['an id alone', LINK],
  ['an empty secret', `${LINK}.`],
  ['no id', `${'x'.repeat(36)}.${'a'.repeat(43)}`],
  ['an id in capitals', `${LINK.toUpperCase()}.${'a'.repeat(43)}`],
  ['a secret that was cut', `${LINK}.${'a'.repeat(42)}`],
  ['a secret with something behind it', `${LINK}.${'a'.repeat(43)}.`],
  ['a longer secret', `${LINK}.${'a'.repeat(44)}`],
  ['other letters', `${LINK}.${'a'.repeat(42)}=`],
])('%s is no link', (_, text) => {
  expect(linkTokenIn(text)).toBeUndefined();
});
