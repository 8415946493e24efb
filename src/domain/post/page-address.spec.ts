import { expect, test } from '@jest/globals';
import { pageAddress } from './page-address.ts';

test.each([
  ['HTTPS://Blog.Example:443/A/b?b=2&utm_source=x&a=1&fbclid=y#top', 'https://blog.example/A/b?a=1&b=2'],
  ['https://blog.example', 'https://blog.example/'],
  ['https://blog.example/?utm_medium=mail', 'https://blog.example/'],
  ['https://blog.example/a/../%7Emoi/%e1%9e%80', 'https://blog.example/~moi/%E1%9E%80'],
  ['https://blog.example/ក', 'https://blog.example/%E1%9E%80'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
  ['http://blog.example:8080/x?tag=b&tag=a', 'http://blog.example:8080/x?tag=b&tag=a'],
])('%s is the page %s', (given, url) => {
  expect(pageAddress(given)).toEqual({ url, origin: new URL(url).origin });
  expect(pageAddress(url).url).toBe(url);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'ftp://blog.example/',
  '//blog.example/x',
  'https:blog.example',
  'https:///blog.example',
  'https://name:word@blog.example/',
  'https://blog.example@other.example/',
  'https://exa mple/',
  'blog.example/x',
  '',
  `https://blog.example/${'x'.repeat(2_000)}`,
  `https://blog.example/${'ក'.repeat(500)}`,
])('%j is no page', (given) => {
  expect(() => pageAddress(given)).toThrow(expect.objectContaining({ code: 'invalid' }));
});

test('a name that only looks like another is another origin', () => {
  expect(pageAddress('https://blоg.example/').origin).not.toBe('https://blog.example');
});

const RULES = {
  pageAliases: [
    { from: 'https://old.example/', to: 'https://new.example/blog/' },
    { from: 'https://old.example/about', to: 'https://new.example/us' },
    { from: 'https://new.example/', to: 'https://new.example/blog/' },
  ],
  pageQueries: [
    { origin: 'https://new.example', rule: 'keep', names: ['id'] },
    { origin: 'https://shop.example', rule: 'drop', names: ['ref'] },
  ],
} as const;

test.each([
  ['https://old.example/a/b?id=1&x=2', 'https://new.example/blog/a/b?id=1'],
  ['https://old.example', 'https://new.example/blog/'],
  ['https://old.example/about', 'https://new.example/us'],
  ['https://old.example/about/team', 'https://new.example/us/team'],
  ['https://old.example/aboutness', 'https://new.example/blog/aboutness'],
  ['https://new.example/a', 'https://new.example/blog/a'],
  ['https://new.example/blog/a', 'https://new.example/blog/a'],
  ['https://old.example.evil.example/a', 'https://old.example.evil.example/a'],
  ['https://shop.example/?ref=x&utm_source=y&p=2', 'https://shop.example/?p=2'],
  ['https://other.example/?ref=x', 'https://other.example/?ref=x'],
])('%s stands at %s where sites moved and say which parameters count', (given, url) => {
  expect(pageAddress(given, RULES).url).toBe(url);
});

test('an address that would be too long after a move stays where it was', () => {
  const long = `https://old.example/${'x'.repeat(1_978)}`;
  expect(pageAddress(long, RULES).url).toBe(long);
});
