import { expect, it } from '@jest/globals';
import { typedSearch, wishOf } from './search-wish.ts';

it('takes days as they begin and end in the zone', () => {
  const typed = typedSearch({ q: 'rain', from: '2015-10-05', to: '2015-10-05' });
  const page = { limit: 20, cursor: null, isTyping: false };
  const { filter } = wishOf(typed, 'Asia/Bangkok', page);
  expect(filter).toMatchObject({
    from: Date.parse('2015-10-04T17:00:00Z'),
    to: Date.parse('2015-10-05T17:00:00Z'),
  });
  expect(wishOf(typed, 'UTC', page).filter).toMatchObject({ from: Date.parse('2015-10-05') });
});
