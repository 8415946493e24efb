import { expect, test } from '@jest/globals';
import { growthOf, LINEAR } from '../../../test/support/growth.ts';
import { withoutInline } from '../images/inline-images.ts';
import { withBlocks, withFootnotes } from './blocks.ts';
import { expandShortcodes, NO_GALLERY, unknownShortcodes } from './shortcodes.ts';
import { postText } from './texts.ts';

const NOTE = [{ id: 'note', content: 'Words' }];
const read = (content: string) =>
  postText(content, { baseUrl: null, gallery: NO_GALLERY, footnotes: NOTE, rewrite: () => null, most: 2_000_000 });

/** Openings that never end, again and again. */
test.each(['<pre>', '<code>', '<pre', '[caption]', '[code]', '[caption ', '<!--more', '<!--more\n', '<!--', 'a \n'])(
  'a post of nothing but %j takes no more than its length',
  (mark) => {
    expect(growthOf(read, { text: (size) => mark.repeat(size), size: 2_000 })).toBeLessThan(LINEAR);
  },
);

test.each(['[caption]', '[code ', '[gallery ', '[embed]', '[video]http://a.b', '[youtube=', '[[aaa', '[abc x]', '[aa'])(
  'shortcodes of nothing but %j take no more than their length',
  (mark) => {
    const expand = (html: string) => [expandShortcodes(html, NO_GALLERY), unknownShortcodes(html)];
    for (const end of ['', ']', ']]'])
      expect(growthOf(expand, { text: (size) => `${mark.repeat(size)}${end}`, size: 1_000 })).toBeLessThan(LINEAR);
  },
);

test.each(['<!-- wp:block {', '<!-- wp:footnotes ', '<img ', '<img src="data:image/', ' src="data:image/png,a" '])(
  'blocks and images of nothing but %j take no more than their length',
  (mark) => {
    const all = (html: string) => [withBlocks(html, () => undefined), withFootnotes(html, NOTE), withoutInline(html)];
    const text = (size: number) => `data:image/ wp:block note ${mark.repeat(size)}`;
    expect(growthOf(all, { text, size: 1_000 })).toBeLessThan(LINEAR);
  },
);
