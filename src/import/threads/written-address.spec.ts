import { expect, it } from '@jest/globals';
import { writtenAddress } from './written-address.ts';

it.each([
  'olga@example.net',
  ' olga@example.net ',
  'Olga <olga@example.net>',
  '"Olga, of a blog" < olga@example.net >',
  '<olga@example.net>',
  'mailto:olga@example.net',
  'Mailto:olga%40example.net?subject=Hello',
  'Olga <mailto:olga@example.net>',
  '\uff4flga@example.net',
  '\uff4f\uff4c\uff47\uff41\uff20\uff45xample\uff0enet',
  'Olga \uff1colga@example.net\uff1e',
  'ol\u200bga@example.net\u2060',
])('%j is olga@example.net', (written) => {
  expect(writtenAddress(written)).toBe('olga@example.net');
});

it.each(['', 'olga', 'olga@', 'olga@example.net, max@example.net', 'olga at@example.net', 'mailto:%', '<>'])(
  '%j is none',
  (written) => {
    expect(writtenAddress(written)).toBeNull();
  },
);

it('keeps an address that looks alike and is another', () => {
  for (const other of ['Olga+b@Example.net', '\u043elga@example.net', 'o\u017fga@example.net', 'a%40b@example.net'])
    expect(writtenAddress(other)).toBe(other);
});
