import { expect, test } from '@jest/globals';
import { growthOf, LINEAR } from '../../test/support/growth.ts';
import { oldAddressKey } from './old-address.ts';

test.each([
  ['https://blog.example/2015/10/Two-Rivers/', '/2015/10/two-rivers'],
  ['http://www.blog.example/2015/10/two-rivers?utm_source=x#comment-3', '/2015/10/two-rivers'],
  ['/2015/10/two-rivers', '/2015/10/two-rivers'],
  ['https://blog.example/%e6%b2%b3/', '/河'],
  ['https://blog.example/%zz', '/%zz'],
  ['https://blog.example/?p=012', '?p=12'],
  ['/?a=b&page_id=14', '?p=14'],
  ['/blog/index.php?p=3&x=1', '?p=3'],
  ['/a//b///?x=/', '/a//b'],
  ['/?p=', null],
  ['https://blog.example', null],
  ['https://blog.example/', null],
  ['', null],
])('%s is found by %s', (address, key) => {
  expect(oldAddressKey(address)).toBe(key);
});

test.each(['/', '%2F', '.', '?', '&p=', '%zz'])('takes no more than its length of %s', (piece) => {
  expect(growthOf(oldAddressKey, { text: (size) => `/a${piece.repeat(size)}x`, size: 1_000 })).toBeLessThan(LINEAR);
});
