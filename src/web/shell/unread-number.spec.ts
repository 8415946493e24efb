import { expect, it } from '@jest/globals';
import { digitsIn } from '../../../libs/translation/index.ts';
import { unreadNumber } from './unread-number.ts';

it.each([
  [99, 'en', '99'],
  [100, 'en', '100+'],
  [100, 'my', '၁၀၀+'],
])('%d unread notifications are told in %s as %s', (unread, locale, told) => {
  expect(unreadNumber(unread, digitsIn(locale))).toBe(told);
});
