import { describe, expect, it } from '@jest/globals';
import { ownPath, pathAfter, textIn } from './paths.ts';

describe('where a form leads to next', () => {
  it.each([
    ['/posts/a?sort=newest#comment-1', '/posts/a?sort=newest#comment-1'],
    ['/', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
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
