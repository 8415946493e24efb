import { describe, expect, test } from '@jest/globals';
import { PublicAddress } from './public-address.ts';

describe('a request of a page of another origin', () => {
  const address = new PublicAddress('https://forum.example', '127.0.0.1', 3000);
  const crossSite = { host: 'forum.example', 'sec-fetch-site': 'cross-site' };
  const link = { ...crossSite, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

  const neighbour = { ...crossSite, 'sec-fetch-site': 'same-site' };

  test.each([
    [{ origin: 'https://forum.example' }, 'POST', false],
    [{ origin: 'https://evil.example' }, 'GET', true],
    [{ origin: 'null' }, 'GET', true],
    [{ origin: 'null' }, 'POST', true],
    [{ origin: 'null', 'sec-fetch-site': 'cross-site' }, 'POST', true],
    [{ origin: 'null', 'sec-fetch-site': 'same-site' }, 'POST', true],
    [{ origin: 'null', 'sec-fetch-site': 'same-origin' }, 'POST', false],
    [{}, 'POST', false],
    [crossSite, 'GET', true],
    [{ ...crossSite, 'sec-fetch-site': 'same-origin' }, 'GET', false],
    [{ ...crossSite, 'sec-fetch-site': 'none' }, 'GET', false],
    [neighbour, 'GET', true],
    [neighbour, 'POST', true],
    [{ ...neighbour, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }, 'GET', true],
    [{ ...neighbour, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }, 'GET', false],
    [{ ...neighbour, origin: 'https://forum.example' }, 'POST', false],
    [{ ...crossSite, 'sec-fetch-site': 'unheard-of' }, 'GET', true],
    [link, 'GET', false],
    [link, 'POST', true],
    [{ ...link, 'sec-fetch-dest': 'iframe' }, 'GET', true],
    [{ ...link, origin: 'https://evil.example' }, 'GET', true],
  ])('%j by %s is foreign: %s', (headers, method, isForeign) => {
    expect(address.isForeign(headers, method)).toBe(isForeign);
  });
});
