import { describe, expect, it } from '@jest/globals';
import { turnsUntil } from '../../test/support/turns-until.ts';
import {
  mentionedHandles,
  readCommentAside,
  renderComment,
  renderCommentAside,
  renderPost,
  seenInComment,
} from './index.ts';
import { postTokens } from './markdown.ts';

const LONGEST = 10_000;
/** Each stands as often as a comment may hold it. */
const PIECES = [
  ...['|a|\n|-|\n', '|a|\n|-|\n\n', '|a|b|c|\n|-|-|-|\n|1|2|3|\n\n', '-|-\n', 'a@b.co ', 'a@b.co\n\n', '<a@b.c>'],
  ...['www.a.b ', 'http://a.b ', 'mailto:a@b.c ', '@abc ', '@abc\n\n', '[](a)', '![](a)', '[![](a)](b)', '[a](b)\n\n'],
  ...['- a\n', '  - a\n', '1. \n', '> a\n\n', 'a\n\n', 'a\\\n', '#\n', '***\n', '*a*', '**a**', '_a_', '~~a~~', '`a`'],
  ...[
    '&amp;',
    '\\*',
    '<b>',
    '[a]: b\n',
    '[^1]: a\n',
    'www.',
    'http://',
    'x@',
    ':-) ',
    'a ',
    'ก',
    '😀 ',
    '=\n',
    '+ a\r\n',
  ],
];
const texts = PIECES.map((piece) => piece.repeat(LONGEST / piece.length));
const [tables = ''] = texts;

/** In all of a text, those of its lines included. */
function tokensIn(text: string): number {
  return postTokens(text).reduce((all, { children }) => all + 1 + (children?.length ?? 0), 0);
}

describe('a comment that takes long to read', () => {
  it.each(texts.map((text) => [text.slice(0, 20), text]))('of %j becomes what it becomes at once', async (_, text) => {
    // Read before the thread has told anything of them.
    const atOnce = [renderComment(text), seenInComment(text), mentionedHandles(text, 20)];
    expect([await renderCommentAside(text), seenInComment(text), mentionedHandles(text, 20)]).toEqual(atOnce);
  });

  it('is any one of which much is made', () => {
    const readAtOnce = texts.filter((text) => readCommentAside(text) === null);
    expect(readAtOnce.length).toBeGreaterThan(3);
    expect(Math.max(...readAtOnce.map(tokensIn))).toBeLessThan(1_500);
    expect(Math.max(...texts.map(tokensIn))).toBeGreaterThan(10_000);
  });

  it('is none of prose, however long', () => {
    const sentence = 'Rice, and tea, as everybody knows; what else would anybody want? Nothing at all. ';
    const paragraph = `${sentence.repeat(4)}There is *more* of [it](https://example.org/tea).\n\n`;
    const text = paragraph.repeat(LONGEST / paragraph.length);
    expect(text.length).toBeGreaterThan(9_000);
    expect(readCommentAside(text)).toBeNull();
  });

  it('lets the event loop turn meanwhile', async () => {
    expect(await turnsUntil(renderCommentAside(`${tables}\n1`))).toBeGreaterThan(10);
    expect(await turnsUntil(renderCommentAside('Short'))).toBeLessThan(10);
  });

  it('is what the thread has told of it from then on', async () => {
    const text = `@somchai ${tables}`;
    const read = await readCommentAside(text);
    expect(read).toEqual({ html: renderComment(text), seen: seenInComment(text), handles: ['somchai'] });
    expect(seenInComment(text)).toBe(read?.seen);
    expect(mentionedHandles(text, 0)).toEqual([]);
    expect(renderComment(text)).not.toBe(renderPost(text));
  });
});
