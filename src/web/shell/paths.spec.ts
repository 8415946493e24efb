import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ownPath, pathAfter, textIn } from './paths.ts';

describe('where a form leads to next', () => {
  it.each([
    ['/posts/a?sort=newest#comment-1', '/posts/a?sort=newest#comment-1'],
    ['/', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/..//evil.example', '/'],
    ['/.//evil.example', '/'],
    ['/%2e%2e//evil.example', '/'],
    ['/a/../..//evil.example/b', '/'],
    ['/.\\evil.example', '/evil.example'],
    ['/posts/../archive', '/archive'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['posts/a', '/'],
    ['', '/'],
    [undefined, '/'],
    [['/a', '/b'], '/'],
    [`/${'a'.repeat(3_000)}`, '/'],
  ])('%j leads to %s', (next, path) => {
    expect(ownPath(next)).toBe(path);
  });

  it('is the forum itself, whatever is asked for', () => {
    const pieces = [
      '/',
      '//',
      '\\\\',
      '.',
      '..',
      '%2e',
      '%2E%2e',
      '%2f',
      '%5c',
      '\t',
      '\n',
      '\r',
      '\u0000',
      ' ',
      '@',
      ':',
      '?',
      '#',
    ];
    const words = ['evil.example', 'http:', 'javascript:', 'posts', 'ü', '[::1]', '。', '／'];
    const asked = fc
      .array(fc.constantFrom(...pieces, ...words), { minLength: 1, maxLength: 9 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.oneof(
          asked,
          asked.map((text) => `/${text}`),
          fc.webUrl(),
          fc.string(),
        ),
        (next) => {
          for (const path of [ownPath(next), pathAfter(next, 7n)]) {
            for (const origin of ['http://forum.example', 'https://forum.example:8443']) {
              expect([next, new URL(path, `${origin}/posts/a`).origin]).toEqual([next, origin]);
            }
            expect(path).toMatch(/^\/(?!\/)[!-~]*$/);
          }
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('carries the position that the page waits for', () => {
    expect(pathAfter('/posts/a?sort=newest#comment-1', 42n)).toBe('/posts/a?sort=newest&after=42#comment-1');
    expect(pathAfter('/posts/a?after=1', '42')).toBe('/posts/a?after=42');
  });

  it('reads only what is a text, and nothing from the prototype', () => {
    expect([textIn({ a: 'x' }, 'a'), textIn({ a: ['x'] }, 'a'), textIn(null, 'a'), textIn({}, 'toString')]).toEqual([
      'x',
      '',
      '',
      '',
    ]);
  });
});
