import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { growthOf, LINEAR } from '../../test/support/growth.ts';
import { replaceEnclosed, replaceTags, tagsIn } from './tags-in.ts';

const TAG = { starts: /\[(a|b)(?=[\s\]])/gi, ends: ']' };
const PAIR = { ...TAG, closes: (name: string) => new RegExp(`\\[/${name}\\]`, 'gi') };

test('finds tags with what is in them', () => {
  expect([...tagsIn('x[a 1][B][c][a [b 2]y', TAG)]).toEqual([
    { name: 'a', attributes: ' 1', start: 1, end: 6 },
    { name: 'B', attributes: '', start: 6, end: 9 },
    { name: 'a', attributes: ' [b 2', start: 12, end: 20 },
    { name: 'b', attributes: ' 2', start: 15, end: 20 },
  ]);
});

test('replaces what it is told to, and the tags within one that stays', () => {
  const replaced = replaceTags('x[a [b 2]y[b]', TAG, ({ name, end }) => (name === 'a' ? null : { by: '!', end }));
  expect(replaced).toBe('x[a !y!');
});

test('replaces what is enclosed as the pattern with its name twice would', () => {
  const pieces = ['[a]', '[/a]', '[b x]', '[/b]', '[A', ']', '-', '[/B]'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      const pattern = /\[(a|b)((?=[\s\]])[^\]]*)\]([\s\S]*?)(\[\/\1\])/gi;
      const expected = text.replace(pattern, (_, name, attributes, inner, closing) =>
        JSON.stringify({ name, attributes, inner, closing }),
      );
      const replaced = replaceEnclosed(text, PAIR, ({ name, attributes }, inner, closing) =>
        JSON.stringify({ name, attributes, inner, closing }),
      );
      expect(replaced).toBe(expected);
    }),
  );
});

test.each(['[a ', '[a]', '[a][b]', '[/a]', '[a][/b]', '[a x][/a]'])(
  'takes no more than the length of %s again and again',
  (mark) => {
    const replace = (text: string) => replaceEnclosed(text, PAIR, () => '');
    expect(growthOf(replace, { text: (size) => `${mark.repeat(size)}]]`, size: 2_000 })).toBeLessThan(LINEAR);
  },
);
