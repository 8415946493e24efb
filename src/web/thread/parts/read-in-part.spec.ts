import { expect, it } from '@jest/globals';
import { isLatinLanguage, TEXT_LANGUAGES } from '../../../../libs/words/index.ts';
import { IN_LATIN, IN_OTHER_LETTERS } from './read-in-part.ts';

it('knows the letters of each language of texts', () => {
  const others = TEXT_LANGUAGES.filter((language) => language !== 'vi');
  expect([new Set(IN_LATIN), new Set(IN_OTHER_LETTERS)]).toEqual([
    new Set(others.filter(isLatinLanguage)),
    new Set(others.filter((language) => !isLatinLanguage(language))),
  ]);
});
