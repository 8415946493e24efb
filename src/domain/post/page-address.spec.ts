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
