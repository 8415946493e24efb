import { describe, expect, it } from '@jest/globals';
import { momentIn } from './moments.ts';

const BY = { now: Date.parse('2026-01-01T00:00:00Z'), zone: 'Asia/Bangkok' };
const at = (query: object) => {
  const moment = momentIn(query, 'at', BY);
  return moment?.by === 'time' ? new Date(moment.at).toISOString() : moment;
};

describe('the moment that a page is asked for', () => {
  it.each([
    ['by the form in the clock of the forum', { show: 'past', moment: '2015-10-05T08:00' }, '2015-10-05T01:00:00.000Z'],
    ['with seconds', { show: 'past', moment: '2015-10-05T08:00:30' }, '2015-10-05T01:00:30.000Z'],
    ['by the form with an offset', { show: 'past', moment: '2015-10-05T08:00:00Z' }, '2015-10-05T08:00:00.000Z'],
    ['by an address in UTC', { at: '2015-10-05T08:00' }, '2015-10-05T08:00:00.000Z'],
    [
      'by an address before the form',
      { at: '2015-10-05T08:00Z', moment: '2020-01-01T00:00', show: 'past' },
      '2015-10-05T08:00:00.000Z',
    ],
    ['by the form for changes alone', { show: 'changes', moment: '2015-10-05T08:00' }, null],
  ])('is told %s', (_, query, moment) => expect(at(query)).toEqual(moment));

  it('is refused when it is none', () => {
    expect(() => at({ show: 'past', moment: '2015-13-05T08:00' })).toThrow(/at is neither a time/);
  });
});
