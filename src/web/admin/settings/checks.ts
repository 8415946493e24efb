import {
  colourOf,
  DEEPEST_ANSWER,
  LEAST_CONTRAST,
  LOCALE_CODES,
  lowestContrast,
  MOST_CLOSE_AFTER_DAYS,
  MOST_EDIT_WINDOW_MINUTES,
  MOST_ERASURE_DAYS,
  MOST_MAIL_DAYS,
  MOST_PROMISE_HOURS,
  MOST_SLOW_MODE_SECONDS,
  nearestReadable,
  REGISTRATION_WAYS,
  SITE_PAGES,
  TEXT_LIMITS,
  TRANSLATION_WRITERS,
  zoneNamed,
} from '../../../../libs/words/index.ts';
import { type Check, text } from '../../shell/form-checks.ts';
import { ADDRESS_CHECKS, embedOrigins } from './addresses.ts';
import { linesOf, linkIn } from './lines.ts';
import type { SettingsPart } from './parts.ts';

function whole(from: number, to: number, mayBeEmpty = false): Check {
  return (value, { t }) => {
    const typed = value.trim();
    if (typed === '' && mayBeEmpty) return null;
    const isFit = /^\d{1,9}$/.test(typed) && Number(typed) >= from && Number(typed) <= to;
    return isFit ? null : t('policywrong.whole', { from, to });
  };
}

/** The colour is checked as the light theme shows it; the dark one gets a lighter form, which always passes. */
const accent: Check = (value, { t, digits }) => {
  const colour = colourOf(value);
  if (colour === null) return t('site.wrong.colour');
  const found = lowestContrast(colour, 'light');
  if (found >= LEAST_CONTRAST) return null;
  const nearest = nearestReadable(colour);
  return t('site.wrong.contrast', { found: digits(found.toFixed(1)), least: digits(String(LEAST_CONTRAST)), nearest });
};

const menu: Check = (value, { t }) => {
  const wrong = linesOf(value).find((line) => linkIn(line).href === '');
  return wrong === undefined ? null : t('site.wrong.menu', { line: wrong.slice(0, 60) });
};

function chosenFrom(values: readonly string[]): Check {
  return (value, { t }) => (values.includes(value) ? null : t('field.invalid'));
}

/** What a browser sends for a box, or for none that was ticked. */
const tick = chosenFrom(['', '1']);

const timeZone: Check = (value, { t }) => (zoneNamed(value.trim()) === null ? t('field.invalid') : null);

/** What each form is checked for before the rules are asked; a fixed setting is in no form. */
export const CHECKS: Readonly<Record<SettingsPart, Readonly<Record<string, Check>>>> = {
  look: {
    name: text(TEXT_LIMITS.siteName),
    tagline: text(TEXT_LIMITS.tagline),
    description: text(TEXT_LIMITS.siteDescription),
    accent,
    ownAccent: tick,
    noLogo: tick,
    noIcon: tick,
  },
  languages: {
    defaultLocale: chosenFrom(LOCALE_CODES),
    timeZone,
    ...Object.fromEntries(LOCALE_CODES.map((locale) => [`locale-${locale}`, tick])),
  },
  joining: {
    registration: chosenFrom(REGISTRATION_WAYS),
    guests: tick,
    newsletter: tick,
    ssoRoles: tick,
    erasureDays: whole(0, MOST_ERASURE_DAYS, true),
    mailDays: whole(1, MOST_MAIL_DAYS, true),
  },
  discussions: {
    closeAfterDays: whole(1, MOST_CLOSE_AFTER_DAYS, true),
    slowModeSeconds: whole(0, MOST_SLOW_MODE_SECONDS),
    maxDepth: whole(0, DEEPEST_ANSWER),
    maxLength: whole(TEXT_LIMITS.comment.min, TEXT_LIMITS.comment.max),
    editWindowMinutes: whole(1, MOST_EDIT_WINDOW_MINUTES, true),
    queuePromiseHours: whole(1, MOST_PROMISE_HOURS, true),
    publicModerationLog: tick,
    translations: chosenFrom(TRANSLATION_WRITERS),
  },
  elsewhere: { menu, embedOrigins },
  addresses: ADDRESS_CHECKS,
  pages: Object.fromEntries(SITE_PAGES.map((page) => [page, text(TEXT_LIMITS.sitePage)])),
};
