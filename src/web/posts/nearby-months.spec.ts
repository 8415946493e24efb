import { expect, test } from '@jest/globals';
import { nearbyMonths } from './nearby-months.ts';

test('the months before and after one are the nearest that have posts, in whatever order they are told', () => {
  const months = [{ month: '2015-12' }, { month: '2015-07' }, { month: '2014-01' }];
  expect(nearbyMonths(months, '2015-07')).toEqual({ before: '2014-01', after: '2015-12' });
  expect(nearbyMonths(months, '2015-09')).toEqual({ before: '2015-07', after: '2015-12' });
  expect(nearbyMonths(months, '2015-12')).toEqual({ before: '2015-07', after: null });
  expect(nearbyMonths([], '2015-12')).toEqual({ before: null, after: null });
});
