import { expect, it } from '@jest/globals';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { plainParagraphs } from './plain-paragraphs.ts';

/** What stands in comments, and whatever could be Markdown, or lost on the way. */
const PARTS = [
  ...[
    'a',
    'word',
    'ສະບາຍດີ',
    '注意：',
    '_',
    '__',
    '*',
    '**',
    '#',
    '##',
    '-',
    '+',
    '---',
    '1.',
    '12)',
    '>',
    '=',
    '===',
    '~~',
    '~~~',
    '`',
  ],
  ...[
    '[x](y)',
    '!',
    '\\',
    '\\*',
    '|',
    ':',
    'http://x.example/a_b',
    '&',
    '&amp;',
    '<',
    '<b>',
    '</b>',
    '\u00a0',
    '\u200b',
    '\u3000',
    '\t',
    '😀',
  ],
  ...[' ', ' ', ' ', '\n', '  ', '<br>', '<br/>', '<br />', '</p><p>', '</p>\n\n<p>', '<p>', '</p>', '<p class="x">'],
];

/** A sequence that is the same in each run. */
function* chosen(): Generator<string, never> {
  for (let state = 7; ; ) {
    state = (state * 48_271) % 2_147_483_647;
    yield PARTS[state % PARTS.length] ?? '';
  }
}

it('gives the Markdown that a tree of the same HTML gives, or nothing', () => {
  const parts = chosen();
  const options = { lines: false, baseUrl: null, rewrite: () => null, most: 1_000_000 };
  let plain = 0;
  for (let round = 0; round < 2_000; round += 1) {
    const inner = Array.from({ length: 1 + (round % 7) }, () => parts.next().value).join(round % 3 === 0 ? '' : ' ');
    const html = `<p>${inner}</p>`;
    const fast = plainParagraphs(html);
    if (fast === null) continue;
    plain += 1;
    // A comment of HTML says nothing, and only a tree reads it.
    expect([html, fast.trim()]).toEqual([html, htmlToMarkdown(`${html}<!-- -->`, options)]);
  }
  expect(plain).toBeGreaterThan(300);
});
