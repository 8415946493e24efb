import { expect, it } from '@jest/globals';
import { resultsBefore, typedSearch, wishOf } from './search-wish.ts';

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

it('takes from an address how many results came before only where that may be so', () => {
  const told = ['20', '0', '-1', '1.5', 'x', '99999999', ''].map((before) => resultsBefore({ before }));
  expect(told).toEqual([20, 0, 0, 0, 0, 0, 0]);
  expect(resultsBefore({})).toBe(0);
});
