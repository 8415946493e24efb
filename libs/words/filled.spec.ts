import { expect, test } from '@jest/globals';
import { filledIn } from './filled.ts';

test.each([
  ['the file is empty', 'the file is empty', {}],
  ['the file is empty', 'the file is empty.', null],
  ['cut at {most} characters ({length})', 'cut at 20 characters (31)', { most: '20', length: '31' }],
  ['{title} was changed', '“It was changed” was changed', { title: '“It was changed”' }],
  ['refused: {why}', 'refused: too long: by 3', { why: 'too long: by 3' }],
  ['cut at {most} characters', 'cut at 20 letters', null],
  ['{a} and {b}', ' and ', { a: '', b: '' }],
  ['a{x}a', 'a', null],
])('in %j stands of %j: %j', (form, text, values) => {
  expect(filledIn(form, text)).toEqual(values);
});
