import { DomainError, type FieldError, isUuid } from '../../../libs/kernel/index.ts';
import {
  colourOf,
  DEEPEST_ANSWER,
  LEAST_CONTRAST,
  LOCALE_CODES,
  lowestContrast,
  MOST_CLOSE_AFTER_DAYS,
  MOST_EDIT_WINDOW_MINUTES,
  MOST_EMBED_ORIGINS,
  MOST_ERASURE_DAYS,
  MOST_MAIL_DAYS,
  MOST_MENU_LINKS,
  MOST_PROMISE_HOURS,
  MOST_SITE_ADDRESS,
  MOST_SLOW_MODE_SECONDS,
  nearestReadable,
  TEXT_LIMITS,
  zoneNamed,
} from '../../../libs/words/index.ts';
import { invalid, textOf } from '../text.ts';
import { checkedAliases, checkedQueries, checkedSiteNames } from './other-sites.check.ts';
import {
  type DiscussionDefaults,
  type MenuLink,
  type SiteChange,
  type SiteSettings,
  siteAfter,
} from './site.settings.ts';
import { webOriginOf } from './web-origin.ts';

/** The settings after a change whose every field was checked. Throws DomainError `invalid` with all faults. */
export function checkedChange(before: SiteSettings, change: SiteChange, images: ReadonlySet<string>): SiteSettings {
  const after = siteAfter(before, change);
  const faults: FieldError[] = [];
  const fine = <Value>(check: () => Value, kept: Value): Value => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      faults.push(...error.errors);
      return kept;
    }
  };
  const imageOf = (field: 'logo' | 'icon'): string | null => {
    const id = after[field];
    if (id !== null && id !== before[field] && !(isUuid(id) && images.has(id))) {
      throw invalid(field, 'names no image of this forum');
    }
    return id;
  };
  const settings: SiteSettings = {
    ...after,
    name: fine(() => textOf(after.name, 'name', TEXT_LIMITS.siteName), before.name),
    tagline: fine(() => textOf(after.tagline, 'tagline', TEXT_LIMITS.tagline), ''),
    description: fine(() => textOf(after.description, 'description', TEXT_LIMITS.siteDescription), ''),
    logo: fine(() => imageOf('logo'), null),
    icon: fine(() => imageOf('icon'), null),
    accent: fine(() => accentOf(after.accent), null),
    locales: fine(() => localesOf(after), before.locales),
    timeZone: fine(() => timeZoneOf(after.timeZone), before.timeZone),
    erasureDays: fine(() => erasureDaysOf(after.erasureDays), before.erasureDays),
    mailDays: fine(() => mailDaysOf(after.mailDays), before.mailDays),
    queuePromiseHours: fine(() => promiseOf(after.queuePromiseHours), before.queuePromiseHours),
    discussion: fine(() => discussionOf(after.discussion), before.discussion),
    embedOrigins: fine(() => originsOf(after.embedOrigins), []),
    siteNames: fine(() => checkedSiteNames(after.siteNames), []),
    pageAliases: fine(() => checkedAliases(after.pageAliases), []),
    pageQueries: fine(() => checkedQueries(after.pageQueries), []),
    menu: fine(() => menuOf(after.menu), []),
  };
  if (faults.length > 0) {
    throw new DomainError('invalid', faults.map(({ field, message }) => `${field} ${message}`).join('; '), faults);
  }
  return settings;
}

function accentOf(accent: string | null): string | null {
  if (accent === null) return null;
  const colour = colourOf(accent);
  if (colour === null) throw invalid('accent', 'must be a colour such as #0c5c5c');
  const found = lowestContrast(colour, 'light');
  if (found >= LEAST_CONTRAST) return colour;
  const nearest = nearestReadable(colour);
  throw invalid(
    'accent',
    `cannot be read on light paper: its contrast is ${found.toFixed(1)}:1 and must be ${LEAST_CONTRAST}:1; the nearest that passes is ${nearest}`,
  );
}

function localesOf({ locales, defaultLocale }: SiteSettings): SiteSettings['locales'] {
  if (!locales.includes(defaultLocale)) throw invalid('locales', `must include the default language ${defaultLocale}`);
  return LOCALE_CODES.filter((locale) => locales.includes(locale));
}

/** Throws DomainError `invalid` unless the zone is known under this name. */
function timeZoneOf(timeZone: string): string {
  const named = zoneNamed(timeZone);
  if (named === null) throw invalid('timeZone', 'must be the name of a time zone such as Asia/Bangkok');
  return named;
}

function discussionOf(discussion: DiscussionDefaults): DiscussionDefaults {
  const { closeAfterDays, slowModeSeconds, maxDepth, maxLength, editWindowMinutes } = discussion;
  if (closeAfterDays !== null) whole('closeAfterDays', closeAfterDays, [1, MOST_CLOSE_AFTER_DAYS]);
  whole('slowModeSeconds', slowModeSeconds, [0, MOST_SLOW_MODE_SECONDS]);
  whole('maxDepth', maxDepth, [0, DEEPEST_ANSWER]);
  whole('maxLength', maxLength, [TEXT_LIMITS.comment.min, TEXT_LIMITS.comment.max]);
  if (editWindowMinutes !== null) whole('editWindowMinutes', editWindowMinutes, [1, MOST_EDIT_WINDOW_MINUTES]);
  return discussion;
}

function mailDaysOf(days: number): number {
  if (Number.isInteger(days) && days >= 1 && days <= MOST_MAIL_DAYS) return days;
  throw invalid('mailDays', `must be a whole number from 1 to ${MOST_MAIL_DAYS}`);
}

function promiseOf(hours: number | null): number | null {
  if (hours === null || (Number.isInteger(hours) && hours >= 1 && hours <= MOST_PROMISE_HOURS)) return hours;
  throw invalid('queuePromiseHours', `must be a whole number from 1 to ${MOST_PROMISE_HOURS}, or null`);
}

function erasureDaysOf(days: number): number {
  if (Number.isInteger(days) && days >= 0 && days <= MOST_ERASURE_DAYS) return days;
  throw invalid('erasureDays', `must be a whole number from 0 to ${MOST_ERASURE_DAYS}`);
}

function whole(field: keyof DiscussionDefaults, value: number, [least, most]: readonly [number, number]): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw invalid(`discussion.${field}`, `must be a whole number from ${least} to ${most}`);
}

function originsOf(origins: readonly string[]): readonly string[] {
  if (origins.length > MOST_EMBED_ORIGINS) throw invalid('embedOrigins', `must be ${MOST_EMBED_ORIGINS} at most`);
  const checked = origins.map((origin, at) => webOriginOf(origin) ?? refuseOrigin(at));
  return [...new Set(checked)];
}

function refuseOrigin(at: number): never {
  throw invalid(`embedOrigins.${at}`, 'must be an origin such as https://blog.example');
}

function menuOf(menu: readonly MenuLink[]): readonly MenuLink[] {
  if (menu.length > MOST_MENU_LINKS) throw invalid('menu', `must have ${MOST_MENU_LINKS} links at most`);
  return menu.map(({ label, href }, at) => ({
    label: textOf(label, `menu.${at}.label`, TEXT_LIMITS.menuLabel),
    href: hrefOf(href, `menu.${at}.href`),
  }));
}

/** A path of the forum begins with one slash: two name another host. */
const PATH = /^\/(?![/\\])[^\s\\\p{Cc}]*$/u;
const ADDRESS = /^https?:\/\/[^\s/\\@\p{Cc}]+(?:\/[^\s\\\p{Cc}]*)?$/u;

function hrefOf(text: string, field: string): string {
  const href = text.trim();
  if (href.length <= MOST_SITE_ADDRESS && (PATH.test(href) || ADDRESS.test(href))) return href;
  throw invalid(field, 'must be an http(s) address or a path such as /about');
}
