import { expect, test } from '@jest/globals';
import { letterTextOf } from './index.ts';

const PAGE = 'https://forum.example/posts/october';

test.each([
  [
    'a heading that is a link',
    '### [Three *targets*](/posts/three)',
    'Three targets (https://forum.example/posts/three)',
  ],
  ['a link beside words', 'See **[a map](#map)**.', `See a map (${PAGE}#map).`],
  [
    'bare addresses',
    '<https://a.example/b>, www.a.example and a@b.example',
    'https://a.example/b, www.a.example and a@b.example',
  ],
  ['words that are the address', '[https://a.example/b](https://a.example/b)', 'https://a.example/b'],
  ['escaped signs', '\\*Not\\* this &amp; 1\\. that', '*Not* this & 1. that'],
  ['lines', 'one  \ntwo\nthree', 'one\ntwo\nthree'],
  ['a quote', '> Said\n>\n> [Linh](/posts/a#comment-1)', '> Said\n>\n> Linh (https://forum.example/posts/a#comment-1)'],
  ['a quote in a quote', '> > a\n>\n> b', '> > a\n>\n> b'],
  ['lists', '- a\n  - b\n- c\n\n3. d\n4. e', '* a\n  * b\n* c\n\n3. d\n4. e'],
  ['a picture', 'A ![bridge](/images/1)', 'A bridge'],
  ['code', '```js\n*a*\n\n# b\n```\n\n`**c**`', '*a*\n\n# b\n\n**c**'],
  ['a table', '| a | b |\n|---|---|\n| c | **d** |', 'a | b\nc | d'],
  ['a line between', 'a\n\n---\n\nb', 'a\n\n* * *\n\nb'],
  ['a link that is none', '[a](javascript:alert)', '[a](javascript:alert)'],
  ['nothing', '', ''],
])('%s', (_, source, text) => {
  expect(letterTextOf(source, PAGE)).toBe(text);
});
