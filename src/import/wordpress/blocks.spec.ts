import { describe, expect, it } from '@jest/globals';
import { footnotesIn, withBlocks, withFootnotes } from './blocks.ts';

describe('reusable blocks', () => {
  const blocks = new Map([
    ['7', '<p>seven</p><!-- wp:block {"ref":8} /-->'],
    ['8', '<p>eight</p>'],
    ['9', 'x<!-- wp:block {"ref":9} /-->'],
  ]);
  const blockOf = (id: string) => blocks.get(id);

  it('come into their places, with those that they hold; one that is not there stays out', () => {
    expect(withBlocks('a<!-- wp:block {"ref":7} /-->b<!-- wp:block {"ref":6} /-->', blockOf)).toBe(
      'a<p>seven</p><p>eight</p>b',
    );
  });

  it('end where one holds itself', () => {
    expect(withBlocks('<!-- wp:block {"ref":9} /-->', blockOf)).toMatch(/^x{5}/);
  });
});

describe('footnotes', () => {
  const notes = footnotesIn('[{"id":"n1","content":"The <em>source</em>"},{"id":2},{"id":"n3","content":" "}]');

  it('are read out of the list beside the post, and nothing is read out of what is none', () => {
    expect(notes.map(({ id }) => id)).toEqual(['n1', 'n3']);
    expect([footnotesIn(''), footnotesIn('{'), footnotesIn('{"id":"n1"}')]).toEqual([[], [], []]);
  });

  it('stand as a list where the block editor shows them, else at the end; of a post without marks there are none', () => {
    const list = '<ol><li>The <em>source</em></li></ol>';
    const mark = '<sup data-fn="n1">1</sup>';
    expect(withFootnotes(`${mark}<!-- wp:footnotes /-->x`, notes)).toBe(`${mark}${list}x`);
    expect(withFootnotes(mark, notes)).toBe(`${mark}\n\n${list}`);
    expect(withFootnotes('no mark', notes)).toBe('no mark');
  });
});
