import { expect, test } from '@jest/globals';
import { mentionedHandles, renderComment, renderPost } from './index.ts';

const link = (handle: string): string =>
  `<a href="/members/${encodeURIComponent(handle)}" rel="nofollow ugc noopener">@${handle}</a>`;

test.each([
  ['Hi @linh, and @Somchai.P.', `Hi ${link('linh')}, and ${link('Somchai.P')}.`],
  ['@สมชาย (@abc)', `${link('สมชาย')} (${link('abc')})`],
  ['**@def**', `<strong>${link('def')}</strong>`],
])('a mention in a comment is a link to the member: %s', (source, html) => {
  expect(renderComment(source)).toBe(`<p>${html}</p>\n`);
});

test('what only looks like one stays as it was written', () => {
  const source = '@ab x@abc a@b.example `@code` [@name](/y) https://m.example/@name @-abc';
  expect(mentionedHandles(source, 10)).toEqual([]);
  expect(renderComment(source)).not.toContain('/members/');
  expect(renderPost('@abc')).toBe('<p>@abc</p>\n');
});

test('the first few tell, each once, and thousands are a text like any other', () => {
  expect(mentionedHandles('@one @two @ONE @three', 2)).toEqual(['one', 'two']);
  const many = Array.from({ length: 1_500 }, (_, n) => `@u${n}x`).join(' ');
  expect(mentionedHandles(many, 10)).toHaveLength(10);
  expect(renderComment(many).split('/members/')).toHaveLength(51);
});
