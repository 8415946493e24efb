import { describe, expect, it } from '@jest/globals';
import { renderComment, renderPost } from '../../../libs/markdown/index.ts';
import { wordpressComment, wordpressPost } from './wordpress-html.ts';
import { cdata, xmlText } from './xml.ts';

const ID = '0190a1b2-0000-7000-8000-000000000001';
const place = {
  url: 'https://forum.example',
  commentNumber: (id: string) => (id === ID ? '17' : null),
};
const comment = (markdown: string) => wordpressComment(renderComment(markdown), place);
const post = (markdown: string) => wordpressPost(renderPost(markdown), place);

describe('a comment for WordPress', () => {
  it('parts paragraphs by an empty line, and breaks lines by line ends', () => {
    expect(comment('One  \ntwo\nand *three*.\n\nFour')).toBe('One\ntwo and <em>three</em>.\n\nFour');
    expect(comment('> said\n>\n> twice\n\nno')).toBe('<blockquote>said\n\ntwice</blockquote>\n\nno');
  });

  it('keeps code and lists as they are', () => {
    expect(comment('```js\na\n\n  b\n```\n\n- x\n- y')).toBe(
      '<pre><code class="language-js">a\n\n  b\n</code></pre>\n\n<ul><li>x</li><li>y</li></ul>',
    );
    expect(comment('- x\n\n  y')).toContain('<p>x</p> <p>y</p>');
  });

  it('leads to whole addresses, to comments by their numbers, and mentions nobody of another site', () => {
    const links = `@Thida_1 [a](/posts/x#comment-${ID}) [b](/tags/y) <https://z.example/?a=1&b=2> [c](#d)`;
    expect(comment(links)).toBe(
      '@Thida_1 <a href="https://forum.example/posts/x#comment-17">a</a> <a href="https://forum.example/tags/y">b</a> ' +
        '<a href="https://z.example/?a=1&amp;b=2">https://z.example/?a=1&amp;b=2</a> <a href="#d">c</a>',
    );
  });
});

describe('a post for WordPress', () => {
  it('is a block that is shown as it is, whose brackets are no shortcodes', () => {
    expect(post('[gallery] & `[code]`')).toBe(
      '<!-- wp:html -->\n<p>&#91;gallery] &amp; <code>&#91;code]</code></p>\n<!-- /wp:html -->',
    );
    expect(post('')).toBe('');
  });

  it('shows a picture of the forum by its plain file', () => {
    expect(post(`![A “river”](/images/${ID}-1600.jpg#1000x500)`)).toBe(
      `<!-- wp:html -->\n<p><img src="https://forum.example/images/${ID}-1600.jpg" alt="A “river”" width="1000" height="500"></p>\n<!-- /wp:html -->`,
    );
  });
});

describe('XML', () => {
  it('holds any text', () => {
    expect(cdata('a ]]> b\u0000\u000b\ufffe\ud800c 🙂 שלום')).toBe('<![CDATA[a ]]]]><![CDATA[> bc 🙂 שלום]]>');
    expect(xmlText('<&">\u0008')).toBe('&lt;&amp;&quot;&gt;');
  });
});
