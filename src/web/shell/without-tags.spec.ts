import { expect, it } from '@jest/globals';
import { growthOf, LINEAR } from '../../../test/support/growth.ts';
import { languageOf } from './i18n/language-of.ts';
import { headWithoutTags } from './without-tags.ts';

it.each([
  ['<p>one <b>two</b></p>', 100, ' one  two  '],
  ['one<br>two', 5, 'one t'],
  ['1 < 2 <b>or</b> 3 > 2', 100, '1 < 2  or  3 > 2'],
  ['<<<<', 3, '<<<'],
  ['<a href="x', 100, '<a href="x'],
  ['', 10, ''],
])('the head of %j, %i characters, is %j', (html, most, head) => {
  expect(headWithoutTags(html, most)).toBe(head);
});

it.each(['<', '<a ', '&', '&a', '*', '[', '`', '<p>', '<p>a</p>'])('takes no more than its length of %s', (mark) => {
  expect(growthOf(languageOf, { text: (size) => mark.repeat(size), size: 2_000 })).toBeLessThan(LINEAR);
});
