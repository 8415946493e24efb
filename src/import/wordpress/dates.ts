import type { Fields } from './wxr.ts';

/** The first moment that a blog can be from: WordPress writes broken dates as years before it. */
const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
const QUARTER_HOUR = 15 * 60 * 1000;
const DAY = 24 * 3600 * 1000;

/** `2015-10-05 08:00:00` as if it were UTC, in milliseconds; null for `0000-00-00 00:00:00` and all that is no date. */
export function wordpressTime(text: string | undefined): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?/.exec(text ?? '');
  return match === null ? null : plausible(Date.parse(`${match[0].replace(' ', 'T')}Z`));
}

/** The date of RSS, `Mon, 05 Oct 2015 08:00:00 +0000`. */
export function rssTime(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : plausible(Date.parse(text));
}

function plausible(time: number): number | null {
  return time >= EARLIEST && time < LATEST ? time : null;
}

/**
 * The times of one blog. Drafts turned into posts have no GMT date in some exports; their local date is then converted
 * with the last known distance to GMT.
 */
export class BlogClock {
  private offset = 0;

  /** The moment of a post or comment, RFC 3339 in UTC; null when the export does not say it. */
  moment(
    fields: Fields,
    names: { readonly gmt: string; readonly local: string; readonly rss?: string },
  ): string | null {
    const gmt = wordpressTime(fields.get(names.gmt));
    const local = wordpressTime(fields.get(names.local));
    if (gmt !== null && local !== null) this.learn(local - gmt);
    const rss = names.rss === undefined ? null : rssTime(fields.get(names.rss));
    const time = gmt ?? (local === null ? rss : local - this.offset);
    return time === null ? null : new Date(time).toISOString();
  }

  private learn(offset: number): void {
    if (offset % QUARTER_HOUR === 0 && Math.abs(offset) <= DAY) this.offset = offset;
  }
}
