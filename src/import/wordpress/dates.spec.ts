import { describe, expect, it } from '@jest/globals';
import { BlogClock } from './dates.ts';

const NAMES = { gmt: 'gmt', local: 'local', rss: 'rss' };
const moment = (clock: BlogClock, fields: Record<string, string>) =>
  clock.moment(new Map(Object.entries(fields)), NAMES);

describe("a blog's clock", () => {
  it('reads GMT before all else', () => {
    expect(moment(new BlogClock(), { gmt: '2015-10-05 01:00:00', local: '2015-10-05 08:00:00', rss: '' })).toBe(
      '2015-10-05T01:00:00.000Z',
    );
  });

  it("without GMT takes the local time by the blog's last known distance", () => {
    const clock = new BlogClock();
    moment(clock, { gmt: '2015-10-05 01:00:00', local: '2015-10-05 08:00:00' });
    expect(moment(clock, { gmt: '0000-00-00 00:00:00', local: '2015-10-06 08:30:00' })).toBe(
      '2015-10-06T01:30:00.000Z',
    );
  });

  it("without either takes RSS' date, and no date where that is broken too", () => {
    expect(moment(new BlogClock(), { rss: 'Tue, 14 Jan 2014 17:31:03 +0700' })).toBe('2014-01-14T10:31:03.000Z');
    expect(moment(new BlogClock(), { gmt: '0000-00-00 00:00:00', rss: 'Wed, 30 Nov -0001 00:00:00 +0000' })).toBeNull();
  });
});
