import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { excerptOf, mostHtmlOf, renderComment, renderExcerpt, renderPost } from './index.ts';

const LONGEST = 10_000;
const LONG_ADDRESS = `http://example.org/${'x'.repeat(1_500)}`;

function table(width: number, { align, rows }: { readonly align: string; readonly rows: string }): string {
  return `${'|a'.repeat(width)}\n${`|${align}`.repeat(width)}\n${rows}`;
}

/** Texts that became far more HTML than their length, or could. */
const AMPLIFIERS = [
  table(512, { align: '-', rows: '|x\n'.repeat(130) }),
  table(16, { align: ':-:', rows: 'x\n'.repeat(4_000) }),
  table(4, { align: '-', rows: 'x\n'.repeat(4_000) }),
  table(400, { align: ':-:', rows: `${'|'.repeat(401)}\n`.repeat(20) }),
  table(40, { align: '-', rows: '|x\n'.repeat(30) }).repeat(20),
  `${table(5, { align: '-', rows: '' })}> q\n`.repeat(300),
  ...['> ', '- ', '1. '].map((mark) => {
    const lines = table(100, { align: '-', rows: 'x\n'.repeat(300) })
      .trim()
      .split('\n');
    return lines.map((line, at) => `${at === 0 || mark === '> ' ? mark : '   '}${line}`).join('\n');
  }),
  `[a]: ${LONG_ADDRESS}\n\n${'[a]'.repeat(LONGEST)}`,
  `[a]: ${LONG_ADDRESS}\n\n${'![a]'.repeat(LONGEST)}`,
  `[a]: x "${'"'.repeat(3_000)}"\n\n${'[a]'.repeat(LONGEST)}`,
  `[a]: ${LONG_ADDRESS}\n\n${'*[a]*\n\n'.repeat(LONGEST)}`,
  `[a]: /${'ก'.repeat(1_000)}\n\n${'[a]'.repeat(LONGEST)}`,
  `${'>'.repeat(20)}a\n\n`.repeat(LONGEST),
  `${'> - '.repeat(10)}a\n\n`.repeat(LONGEST),
  ...['a@b.co ', '<a@b.c>', 'www.a.b ', '[](a)', '![](a)', '[![](a)](b)', '[ก](/ก)', ':smile: ', '😀'],
  ...['-\n', '1. \n', '#\n', '***\n', '*a*', '**a**', '~~a~~', '`a`', 'a\\\n', '&', '"', '<', '&nbsp;'],
  ...['> a\n- b\n', '```"""\n', `\`\`\`${'"'.repeat(200)}\n`, '    a\n\nb\n', '|a|\n|-|\n', '[^1]', '[^1]: a\n'],
].map((text) => text.repeat(Math.ceil(LONGEST / text.length)).slice(0, LONGEST));

const RENDERERS = { renderComment, renderPost, renderExcerpt };

function overIn(texts: readonly string[]): readonly (readonly [string, string, number])[] {
  return texts.flatMap((text) =>
    Object.entries(RENDERERS).flatMap(([name, render]) => {
      const { length } = render(text);
      return length > mostHtmlOf(text.length) ? [[name, text.slice(0, 60), length] as const] : [];
    }),
  );
}

describe('what a text becomes', () => {
  it('is in proportion to it: whatever was found to make much of little', () => {
    expect(overIn(AMPLIFIERS)).toEqual([]);
    expect(mostHtmlOf(LONGEST)).toBe(164_096);
  });

  it('is in proportion to it: pieces in any order, any number of times', () => {
    const piece = fc.constantFrom(
      ...['|a', '|-', '|:-:', '|', '\n', '\n\n', '> ', '- ', '1. ', '    ', '[a]', '![a]', '[a]: http://a.b/c "t"\n'],
      ...['[](a)', 'a@b.co', ' ', 'x', '*', '`', '```', '&', '"', '<', '#', '~~', '\\', 'ก', 'www.a.b'],
    );
    const repeated = fc.tuple(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 400 }));
    fc.assert(
      fc.property(fc.array(repeated, { minLength: 1, maxLength: 4 }), (parts) => {
        const text = parts.map(([pieces, times]) => pieces.join('').repeat(times)).join('\n');
        expect(overIn([text.slice(0, LONGEST)])).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('is the text itself, as code, where it would be out of proportion', () => {
    const quotes = `${'>'.repeat(20)}a & b\n\n`.repeat(400);
    expect(renderComment(quotes)).toBe(
      `<pre><code>${quotes.replaceAll('&', '&amp;').replaceAll('>', '&gt;')}</code></pre>\n`,
    );
  });
});

describe('a table', () => {
  it('whose rows are shorter than its head is filled up', () => {
    expect(renderComment('|a|b|c|\n|-|-|-|\n|1|\n|1|2|\n')).toContain(
      '<tr>\n<td>1</td>\n<td></td>\n<td></td>\n</tr>\n<tr>\n<td>1</td>\n<td>2</td>\n<td></td>\n</tr>',
    );
  });

  it('that would be mostly empty cells is shown as it was written, up to its end', () => {
    const text = table(512, { align: '-', rows: '|x\n'.repeat(130) });
    expect(renderComment(`Before\n\n${text}\n*After*`)).toBe(
      `<p>Before</p>\n<pre><code>${text}</code></pre>\n<p><em>After</em></p>\n`,
    );
    expect(renderComment(`${text}> quoted`)).toMatch(/<\/pre>\n<blockquote>\n<p>quoted<\/p>\n<\/blockquote>\n$/);
    expect(renderComment(`Before\n${text}`)).toMatch(/^<p>Before<\/p>\n<pre>/);
  });

  it('is none in an excerpt', () => {
    expect(renderExcerpt('|a|\n|-|\n|*b*|\n')).toBe('<p>|a|\n|-|\n|<em>b</em>|</p>\n');
    expect(excerptOf(table(512, { align: '-', rows: '|x\n'.repeat(130) }), 400).length).toBeLessThan(500);
  });

  it('of numbers, full of them, stays one', () => {
    const numbers = table(10, { align: '--:', rows: `${'|12'.repeat(10)}\n`.repeat(200) });
    expect(renderComment(numbers)).toMatch(/^<table>/);
  });
});

describe('an address that is defined once', () => {
  it('is a link wherever it is used', () => {
    const html = renderComment(`[a]: ${LONG_ADDRESS}\n\n[one][a], [two][a], [three][a]`);
    expect(html.split('<a href=').length).toBe(4);
  });

  it('is words alone once the links are out of proportion', () => {
    const html = renderComment(`[a]: ${LONG_ADDRESS}\n\n${'[*word*][a] '.repeat(500)}`);
    expect(html.match(/<em>word<\/em>/g)?.length).toBe(500);
    expect(html.split('<a href=').length).toBeLessThan(60);
    expect(html.split('<a href=').length).toBe(html.split('</a>').length);
  });
});
