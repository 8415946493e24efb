import { expect, test } from '@jest/globals';
import { mentionedHandles, renderComment, seenInComment } from './index.ts';

test('the text has no marks, its entities are decoded, and blocks stand on lines of their own', () => {
  const source =
    '# A **b**&amp;`c`  \nd\n\n- [e](/e "title")\n- ![f](/f.png)\n\n```x\ng\n```\n\n| h | i |\n|---|---|\n| j | e&#x301; |';
  expect(seenInComment(source)).toEqual({
    text: 'A b&c\n\nd\n\ne\n\nf\n\ng\n\n\nh\n\ni\n\nj\n\né',
    turned: null,
    links: ['/e', '/f.png'],
  });
});

test('a text without marks is seen as it is written', () => {
  const source = 'Fair words (of “somebody”).\n\n  Is it 5 - 3? Yes; "so".';
  expect(seenInComment(source)).toEqual({ text: source, turned: null, links: [] });
});

test('every kind of link is told with the address of its HTML', () => {
  const source =
    '<http://a.example/> www.b.example c@d.example @linh [e][1] [f](<https:g>)\n\n[1]: http&#58;//h.example "i"';
  const { links } = seenInComment(source);
  expect(links).toEqual(Array.from(renderComment(source).matchAll(/href="([^"]*)"/g), ([, href]) => href));
  expect(links).toHaveLength(6);
});

test('a text that was looked at is rendered as another one is, each time', () => {
  const source = '| a |\n|:-:|\n| @linh [b](/b) |';
  const html = renderComment(source);
  for (let n = 0; n < 3; n += 1) {
    expect(mentionedHandles(source, 9)).toEqual(['linh']);
    expect(seenInComment(source).links).toEqual(['/members/linh', '/b']);
    expect(renderComment(source)).toBe(html);
    expect(renderComment(source)).toBe(html);
  }
  expect(html).toContain('<td align="center">');
});

test('many texts that are looked at and never rendered change nothing', () => {
  const sources = Array.from({ length: 100 }, (_, n) => `*${n}* @linh`);
  for (const source of sources) seenInComment(source);
  expect(sources.map((source) => seenInComment(source).text)).toEqual(sources.map((_, n) => `${n} @linh`));
});
