import { describe, expect, it } from '@jest/globals';
import { encodedOnce, pageJson } from './page-json.ts';

describe('the JSON of a page', () => {
  it('says what was given, whether or not a part was encoded before', () => {
    const words = { title: 'Ende </script>', 'a"b': 'ก' };
    const data = { n: 1, none: null, left: undefined, words, list: ['<', { words }], 'odd <name>': true };
    const plain = pageJson(data);
    expect(JSON.parse(plain)).toEqual({ n: 1, none: null, words, list: ['<', { words }], 'odd <name>': true });
    expect(plain).not.toContain('<');
    expect(encodedOnce(words)).toBe(words);
    expect(pageJson(data)).toBe(plain);
    expect(pageJson(words)).toBe(JSON.stringify(words).replace('<', '\\u003c'));
  });

  it('makes what is the same on all pages once', () => {
    let asked = 0;
    const words = {
      get title(): string {
        asked += 1;
        return 'A title';
      },
    };
    encodedOnce(words);
    for (let n = 0; n < 3; n += 1)
      expect(JSON.parse(pageJson({ n, words }))).toEqual({ n, words: { title: 'A title' } });
    expect(asked).toBe(1);
  });

  it('of a list is a list', () => {
    expect(pageJson(['<b>', 1])).toBe('["\\u003cb>",1]');
  });
});
