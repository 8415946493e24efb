import { expect, test } from '@jest/globals';
import { languageIn } from './message-files.ts';
import { toldStatement } from './told-statement.ts';

const vietnamese = languageIn('vi').translator;

test.each(['en', 'km', 'vi'] as const)(
  'the sentence of a reason, chosen in %s, is told in the reader’s language',
  (locale) => {
    const statement = languageIn(locale).translator.t('statement.spam');
    expect(toldStatement({ statement, reason: 'spam' }, vietnamese)).toBe(vietnamese.t('statement.spam'));
  },
);

test('a moderator’s own words stay as they are, and what is gone stays gone', () => {
  const statement = languageIn('en').translator.t('statement.abuse');
  expect(toldStatement({ statement, reason: 'spam' }, vietnamese)).toBe(statement);
  expect(toldStatement({ statement: 'Three times now.', reason: 'spam' }, vietnamese)).toBe('Three times now.');
  expect(toldStatement({ statement: null, reason: 'spam' }, vietnamese)).toBeNull();
});
