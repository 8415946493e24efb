import { describe, expect, it } from '@jest/globals';
import { renderPost } from '../../../libs/markdown/index.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';

const convert = (html: string, lines = true): string =>
  htmlToMarkdown(html, { lines, baseUrl: 'https://blog.example/2015/', rewrite: () => null, most: 1_000_000 });

describe('HTML as Markdown', () => {
  it.each([
    ['an empty line parts paragraphs, a line end is a break', 'one\ntwo\n\nthree', 'one  \ntwo\n\nthree'],
    ['tags do not hide the lines between them', 'one\n<b>two</b>\n\n<i>three</i>', 'one  \n**two**\n\n*three*'],
    ['a paragraph may span an element that holds a paragraph break', '<em>a\n\nb</em>', '*a*\n  \n*b*'],
    ['links and their titles', '<a href="http://x.example/" title="T">w</a>', '[w](http://x.example/ "T")'],
    ['a link without a host is read against the post', '<a href="../about">w</a>', '[w](https://blog.example/about)'],
    ['an address as its own text', '<a href="http://x.example/a_b">http://x.example/a_b</a>', '<http://x.example/a_b>'],
    ['a bare address with marks in it', 'see http://x.example/a_b_c.', 'see <http://x.example/a_b_c>.'],
    ['a link that would run a script is its text', '<a href="javascript:alert(1)">w</a>', 'w'],
    [
      'an exclamation mark before a link makes no image',
      'Oh!<a href="http://x.example">w</a>',
      'Oh\\![w](http://x.example)',
    ],
    [
      'images in links',
      '<a href="/a"><img src="i.png" alt="A"></a>',
      '[![A](https://blog.example/2015/i.png)](https://blog.example/a)',
    ],
    ['lists in lists', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>', '-   a\n    -   b\n-   c'],
    ['a numbered list keeps its start', '<ol start="3"><li>x</li><li>y</li></ol>', '3.  x\n4.  y'],
    ['quotes with paragraphs', '<blockquote>a\n\nb</blockquote>', '> a\n> \n> b'],
    [
      'code with its language and blank lines',
      '<pre class="brush: php">&lt;?php\n\n  echo 1;</pre>',
      '```php\n<?php\n\n  echo 1;\n```',
    ],
    ['code with fences in it', '<pre>```\nx\n```</pre>', '````\n```\nx\n```\n````'],
    [
      'code that forgot to write &lt;',
      '<pre>#include <stdio.h>\nList<T> x;</pre>',
      '```\n#include <stdio.h>\nList<T> x;\n```',
    ],
    ['code of several lines in a code element', 'a <code>x\n  y</code> b', 'a\n\n```\nx\n  y\n```\n\nb'],
    ['code with backticks', '<code>a`b</code>', '``a`b``'],
    [
      'a link in code is code in a link',
      'a <code>x <a href="http://x.example/y">y</a></code>',
      'a `x` [`y`](http://x.example/y)',
    ],
    [
      'links in a code block follow it',
      '<pre>a <a href="http://x.example/y">b</a></pre>',
      '```\na b\n```\n\n[b](http://x.example/y)',
    ],
    ['struck text', '<del>a</del> <strike>b</strike>', '~~a~~ ~~b~~'],
    ['a heading of two lines', '<h2>a\nb</h2>', '## a b'],
    ['players become links', '<iframe src="//player.example/x"></iframe>', '<https://player.example/x>'],
    ['scripts and styles go', 'a<script>alert(1)</script><style>b{}</style>', 'a'],
    ['nested emphasis is not doubled', '<b><strong>a</strong></b>', '**a**'],
    ['punctuation moves out of emphasis beside letters', '<b>注意：</b>请', '**注意**：请'],
    ['and before it', '文<strong>“引用”</strong>', '文“**引用”**'],
    [
      'text that looks like Markdown',
      '# a\n- b\n1. c\n> d\n*e* _f_ `g` [h](i) &lt;b&gt; &amp;amp;',
      '\\# a  \n\\- b  \n1\\. c  \n\\> d  \n\\*e\\* \\_f\\_ \\`g\\` \\[h\\](i) \\<b> \\&amp;',
    ],
    ['snake_case stays readable', 'a <b>x</b> snake_case_word', 'a **x** snake_case_word'],
    ['elements that nobody knows give their text', 'a <o:p>b</o:p> <x"y>c</x"y>', 'a b c'],
  ])('%s', (_, html, markdown) => {
    expect(convert(html)).toBe(markdown);
  });

  it('given a post of the block editor, line ends mean nothing', () => {
    expect(convert('<p>a\nb</p>\n\n<p>c</p>', false)).toBe('a b\n\nc');
  });

  it('given a table, writes rows, alignment, escaped bars and missing cells', () => {
    const html =
      '<table><tr><th>a</th><th align="right">b</th></tr><tr><td>1|2</td><td>x<br>y</td></tr><tr><td>z</td></tr></table>';
    expect(convert(html)).toBe('| a | b |\n| --- | ---: |\n| 1\\|2 | x y |\n| z | |');
  });

  it('given a table without a head, gives it an empty one', () => {
    expect(convert('<table><tr><td>a</td><td>b</td></tr></table>')).toBe('| | |\n| --- | --- |\n| a | b |');
  });

  it('given a table whose cells hold blocks, writes them one after the other', () => {
    expect(convert('<table><tr><td><pre>x</pre></td><td><ul><li>y</li></ul></td></tr></table>')).toBe(
      '```\nx\n```\n\n-   y',
    );
  });

  it('given elements nested deeper than any stack, keeps the words', () => {
    expect(convert(`${'<b>'.repeat(60_000)}deep`)).toContain('deep');
  });

  it('what it writes is shown by the forum as the same links, code and images', () => {
    const html =
      '<p>A <a href="http://x.example/a_(b)?c=1&amp;d=2">link</a>, <code>a*b</code>, 文<b>（重）</b>字</p><ul><li>one</li></ul><pre lang="c">a &lt; b</pre>';
    const shown = renderPost(convert(html, false));
    expect(shown).toContain('href="http://x.example/a_(b)?c=1&amp;d=2"');
    expect(shown).toContain('<code>a*b</code>');
    expect(shown).toContain('<strong>重</strong>');
    expect(shown).toContain('<li>one</li>');
    expect(shown).toMatch(/<code class="language-c">a &lt; b\n<\/code>/);
  });
});
