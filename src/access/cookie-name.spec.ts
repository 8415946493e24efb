import { expect, test } from '@jest/globals';
import { hostCookie, secureCookie } from './cookie-name.ts';

test('a cookie is bound to the host, or to https, where there is https', () => {
  const names = (isSecure: boolean) => [hostCookie('a', { isSecure }), secureCookie('a', { isSecure })];
  expect([names(true), names(false)]).toEqual([
    ['__Host-a', '__Secure-a'],
    ['a', 'a'],
  ]);
});
