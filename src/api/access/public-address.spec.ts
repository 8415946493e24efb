import { describe, expect, test } from '@jest/globals';
import { PublicAddress } from './public-address.ts';

describe('a request of a page of another site', () => {
  const address = new PublicAddress('https://forum.example', '127.0.0.1', 3000);
  const crossSite = { host: 'forum.example', 'sec-fetch-site': 'cross-site' };
  const link = { ...crossSite, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

  test.each([
    [{ origin: 'https://forum.example' }, 'POST', false],
    [{ origin: 'https://evil.example' }, 'GET', true],
    [{ origin: 'null' }, 'GET', true],
    [{}, 'POST', false],
    [crossSite, 'GET', true],
    [{ ...crossSite, 'sec-fetch-site': 'same-origin' }, 'GET', false],
    [{ ...crossSite, 'sec-fetch-site': 'none' }, 'GET', false],
    [link, 'GET', false],
    [link, 'POST', true],
    [{ ...link, 'sec-fetch-dest': 'iframe' }, 'GET', true],
    [{ ...link, origin: 'https://evil.example' }, 'GET', true],
  ])('%j by %s is foreign: %s', (headers, method, isForeign) => {
    expect(address.isForeign(headers, method)).toBe(isForeign);
  });
});
