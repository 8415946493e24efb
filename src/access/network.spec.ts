import { describe, expect, it, test } from '@jest/globals';
import { addressAsked, addressOf, networkOf } from './network.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::ffff:505:505', '5.5.5.5'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:0:0:1::', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['no address', 'no address'],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

describe('the address of a request', () => {
  const from = (forwarded: string | undefined, proxies: number) =>
    addressOf(
      { address: '10.0.0.1', headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } },
      proxies,
    );

  it('given no proxies to believe, is its connection’s own whatever it says', () => {
    expect(from(undefined, 0)).toBe('10.0.0.1');
    expect(from('1.2.3.4', 0)).toBe('10.0.0.1');
  });

  it('given proxies, is what the outermost believed one saw', () => {
    expect(from('9.9.9.9, 1.2.3.4', 1)).toBe('1.2.3.4');
    expect(from('9.9.9.9, 1.2.3.4, 10.0.0.2', 2)).toBe('1.2.3.4');
  });

  it.each([
    ['6.6.6.6:4711', '6.6.6.6'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['::ffff:505:505', '::ffff:505:505'],
  ])('told as %s, is %s', (hop, address) => {
    expect(from(hop, 1)).toBe(address);
  });

  it.each(['unknown', '_hidden', '[nothing]:1', '6.6.6', ':', '6.6.6.6 7.7.7.7'])(
    'told as %s, is the proxy’s',
    (hop) => {
      expect(from(`9.9.9.9, ${hop}`, 1)).toBe('10.0.0.1');
    },
  );

  it('given fewer hops than proxies, is the farthest there is', () => {
    expect(from('1.2.3.4', 3)).toBe('1.2.3.4');
    expect(from(' , ', 2)).toBe('10.0.0.1');
  });
});

test.each([
  ['6.6.6.6:4711', '6.6.6.6'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['unknown', '10.0.0.1'],
  ['1.2.3.4', '1.2.3.4'],
])('a request of Fastify that came from %s counts as %s', (ip, address) => {
  expect(addressAsked({ ip, socket: { remoteAddress: '10.0.0.1' } })).toBe(address);
});
