import { describe, expect, it } from '@jest/globals';
import { renderPost } from '../../../libs/markdown/index.ts';
import { htmlToMarkdown } from '../html/html-to-markdown.ts';
import { markedIn, withImages } from './image-marks.ts';

const OLD = 'http://b.example/a.png';
const marked = (html: string): string =>
  htmlToMarkdown(html, { lines: false, baseUrl: null, rewrite: () => null, most: 2_000_000, marksImages: true });
const replaced = (html: string, own: string | null): string => {
  const markdown = marked(html);
  return withImages(markdown, new Map(markedIn(markdown).map((address) => [address, own])));
};

describe('an image that a text shows', () => {
  it.each([
    [
      'with words',
      `<img src="${OLD}" alt="A [b] (c) * d">`,
      '![A \\[b\\] (c) \\* d](/own)',
      `[A \\[b\\] (c) \\* d](${OLD})`,
    ],
    ['with a title', `<img src="${OLD}" alt="A" title='"T"'>`, '![A](/own "\\"T\\"")', `[A](${OLD} "\\"T\\"")`],
    ['without words', `<img src="${OLD}">`, '![](/own)', `[a.png](${OLD})`],
    ['in a link', `<a href="/x"><img src="${OLD}" alt="A"></a>`, '[![A](/own)](/x)', '[A](/x)'],
    ['in a link to itself', `<a href="${OLD}"><img src="${OLD}" alt="A"></a>`, '[![A](/own)](/own)', `[A](${OLD})`],
    ['as the words of a link', `<a href="${OLD}">see</a>`, '[see](/own)', `[see](${OLD})`],
    ['loaded late', `<img src="data:image/gif;base64,R0" data-src="${OLD}" alt="A">`, '![A](/own)', `[A](${OLD})`],
    ['of a host without scheme', '<img src="//b.example/a.png" alt="A">', '![A](/own)', `[A](${OLD})`],
    [
      'with brackets in its address',
      '<img src="http://b.example/a(1).png">',
      '![](/own)',
      '[a(1).png](<http://b.example/a(1).png>)',
    ],
    ['of no site', '<img src="a.png" alt="A">', '![A](/own)', 'A'],
    [
      'in a table',
      `<table><tr><th>h</th><th>i</th></tr><tr><td>x</td><td><img src="${OLD}" alt="A"></td></tr></table>`,
      '| h | i |\n| --- | --- |\n| x | ![A](/own) |',
      `| h | i |\n| --- | --- |\n| x | [A](${OLD}) |`,
    ],
    [
      'in code',
      `<pre><a href="${OLD}">see</a></pre>`,
      '```\nsee\n```\n\n[see](/own)',
      `\`\`\`\nsee\n\`\`\`\n\n[see](${OLD})`,
    ],
  ])('%s is the one that is here, or a link', (_, html, here, missing) => {
    expect([replaced(html, '/own'), replaced(html, null)]).toEqual([here, missing]);
    expect(renderPost(replaced(html, null))).not.toContain('<img');
  });

  it('is found at once, whatever brackets stand around it', () => {
    const before = `<pre>${'!['.repeat(200_000)}</pre>`;
    expect(replaced(`${before}<img src="${OLD}" alt="A">`, '/own').endsWith('![A](/own)')).toBe(true);
  });

  it('is marked, and nothing else is, whatever a text says', () => {
    const mark = marked(`<img src="${OLD}">`);
    expect(markedIn(mark)).toEqual([OLD]);
    expect(markedIn('![](https://0123456789abcdef0123456789abcdef.image.invalid/s/aHR0cDovL2E)')).toEqual([]);
    expect(marked('<img src="data:image/png;base64,iVBOR" alt="A">')).toBe('A');
  });
});
