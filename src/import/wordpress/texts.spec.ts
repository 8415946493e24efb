import { describe, expect, it } from '@jest/globals';
import { markedIn, withImages } from '../images/image-marks.ts';
import type { Gallery } from './shortcodes.ts';
import { postText } from './texts.ts';

const gallery: Gallery = (ids) =>
  ids.length === 0
    ? ['https://b.example/all.jpg']
    : ids.filter((id) => id !== '9').map((id) => `https://b.example/${id}.jpg`);
const text = (content: string) =>
  postText(content, { baseUrl: null, gallery, footnotes: [], rewrite: () => null, most: 10_000 });
/** With images as the blog had them. */
const body = (content: string): string => {
  const marked = text(content).body;
  return withImages(marked, new Map(markedIn(marked).map((address) => [address, address])));
};

describe("WordPress' own conventions", () => {
  it.each([
    [
      'captions',
      '[caption id="a" width="3"]<a href="http://b.example/i"><img src="http://b.example/i.png" alt="A" /></a> The caption[/caption]',
      '[![A](http://b.example/i.png)](http://b.example/i)\n\nThe caption',
    ],
    [
      'old captions',
      '[caption caption="Old"]<img src="http://b.example/i.png" />[/caption]',
      '![](http://b.example/i.png)\n\nOld',
    ],
    ['galleries by id', '[gallery ids="1,9,2"]', '![](https://b.example/1.jpg)\n\n![](https://b.example/2.jpg)'],
    ['galleries of a post', '[gallery]', '![](https://b.example/all.jpg)'],
    ['a gallery of which nothing is known stays', '[gallery ids="9"]', '\\[gallery ids="9"\\]'],
    [
      'code with entities',
      '[sourcecode language="html"]&lt;b&gt;\n\n&lt;/b&gt;[/sourcecode]',
      '```html\n<b>\n\n</b>\n```',
    ],
    ['code as it is', '[php]<?php echo "&amp;"; ?>[/php]', '```php\n<?php echo "&amp;"; ?>\n```'],
    ['code by another name', '[code lang="js"]a[0]\n  b[/code]', '```js\na[0]\n  b\n```'],
    [
      'embeds',
      '[embed width="3"]http://v.example/x[/embed] [youtube http://y.example/?v=1&amp;w=2]',
      '<http://v.example/x>\n\n<http://y.example/?v=1&w=2>',
    ],
    ['a shortcode that nobody knows stays as text', 'a [contact-form to="b"] c', 'a \\[contact-form to="b"\\] c'],
    ['an escaped shortcode loses its second brackets', 'a [[gallery]] b', 'a \\[gallery\\] b'],
    ['comments of the block editor go', '<!-- wp:paragraph -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->', 'a b'],
    ['pages of a post are parted', 'a<!--nextpage-->b', 'a\n\n---\n\nb'],
  ])('%s', (_, content, markdown) => {
    expect(body(content)).toBe(markdown);
  });

  it('given <!--more-->, the head is the teaser and the body is whole', () => {
    expect(text('head <b>x</b><!--more Read on-->\n\ntail')).toEqual({
      body: 'head **x**\n\ntail',
      teaser: 'head **x**',
      shortcodes: [],
    });
    expect(text('no mark')).toEqual({ body: 'no mark', teaser: null, shortcodes: [] });
  });
});
