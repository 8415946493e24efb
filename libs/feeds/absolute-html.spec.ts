import { expect, test } from '@jest/globals';
import { absoluteHtml } from './absolute-html.ts';

const PAGE = 'https://forum.example/posts/borders';

test.each([
  ['a path', '<a href="/about">x</a>', '<a href="https://forum.example/about">x</a>'],
  ['a place on the page', '<a href="#note">x</a>', `<a href="${PAGE}#note">x</a>`],
  [
    'a name beside the page',
    '<a href="other?a=1&amp;b=2">',
    '<a href="https://forum.example/posts/other?a=1&amp;b=2">',
  ],
  ['an address without scheme', '<img src="//cdn.example/a.png">', '<img src="https://cdn.example/a.png">'],
  ['a whole address', '<a href="https://blog.example/%E0">x</a>', '<a href="https://blog.example/%E0">x</a>'],
  ['an address of a mail', '<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'],
  [
    'images in several sizes',
    '<source srcset="/images/a-480.webp 480w, /images/a-960.webp 960w" sizes="100vw">',
    '<source srcset="https://forum.example/images/a-480.webp 480w, https://forum.example/images/a-960.webp 960w" sizes="100vw">',
  ],
  ['words that look like a tag', '<p>&lt;a href="/about"&gt;</p>', '<p>&lt;a href="/about"&gt;</p>'],
])('%s', (_, html, absolute) => {
  expect(absoluteHtml(html, PAGE)).toBe(absolute);
});
