import { describe, expect, it } from '@jest/globals';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { htmlPieces } from './pieces.ts';

const MOST = 256 * 1024;
const OPTIONS = { lines: true, baseUrl: null, rewrite: () => null, most: 10_000_000 };

/** The processor's time that a conversion takes, in microseconds; the best of three. */
function costOf(html: string): number {
  const costs = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    htmlToMarkdown(html, OPTIONS);
    return process.cpuUsage(before).user;
  });
  return Math.min(...costs);
}

describe('the pieces of a very long text', () => {
  it('a text of usual length is one', () => {
    const html = '<p>a</p>'.repeat(MOST / 8);
    expect([...htmlPieces(html)]).toEqual([html]);
  });

  it('end between blocks, with nothing open, and are the whole text again', () => {
    const block = `<blockquote><p>one</p>\n\n<p>two <b>three</b></p></blockquote>\n<ul><li>four<li>five</ul><!-- <div> -->\n`;
    const html = block.repeat(5_000);
    const pieces = [...htmlPieces(html)];
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.join('')).toBe(html);
    for (const piece of pieces) {
      expect(piece.split('<blockquote>').length).toBe(piece.split('</blockquote>').length);
      expect(piece.length).toBeLessThan(MOST);
    }
  });

  it.each([
    ['a tag that is never closed', `<div>${'<p>a</p>'.repeat(100_000)}`],
    ['no markup', 'words '.repeat(200_000)],
    ['a comment that is never closed', `<p>a</p><!-- ${'<p>a</p>'.repeat(100_000)}`],
  ])('given %s, none is longer than the bound', (_, html) => {
    const pieces = [...htmlPieces(html)];
    expect(pieces.join('')).toBe(html);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(MOST);
  });

  it('an image in the text itself is not cut', () => {
    const html = `<p>a</p><p><img alt="x" src="data:image/png;base64,${'A'.repeat(2 * MOST)}"></p><p>b</p>`;
    expect(htmlToMarkdown(html, OPTIONS)).toBe('a\n\nx\n\nb');
  });

  it('of a text longer than what is kept no more is converted', () => {
    const html = '<p>word</p>\n'.repeat(1_000_000);
    const { length } = htmlToMarkdown(html, { ...OPTIONS, most: 100_000 });
    expect(length).toBeGreaterThan(100_000);
    expect(length).toBeLessThan(200_000);
  });
});

describe('what converting a text costs', () => {
  it.each(['a<br>', 'Word <b>bold</b>.\n', '<span>a</span>', '<a href="http://x.example/">b</a> '])(
    'grows with its length and no faster, given many %j in one place',
    (unit) => {
      costOf(unit.repeat(1_000));
      const [short, long] = [costOf(unit.repeat(1_000)), costOf(unit.repeat(16_000))];
      expect(long).toBeLessThan(64 * short);
    },
  );
});
