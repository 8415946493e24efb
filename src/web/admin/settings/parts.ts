import type { Site, SiteWish } from '../../../../libs/client/index.ts';
import { isRecord } from '../../../../libs/kernel/index.ts';
import {
  colourOf,
  DEFAULT_ACCENT,
  LOCALE_CODES,
  REGISTRATION_WAYS,
  SITE_PAGES,
  TRANSLATION_WRITERS,
} from '../../../../libs/words/index.ts';
import { formText } from '../../shell/form-checks.ts';
import { isLocale } from '../../shell/i18n/locales.ts';
import { oneOf } from '../../shell/one-of.ts';
import type { Typed } from '../../shell/typed.ts';
import { addressesIn, addressLines } from './addresses.ts';
import { linesOf, linkIn } from './lines.ts';

/** The forms of the page, in their order; each is saved alone. */
export const SETTINGS_PARTS = [
  'look',
  'languages',
  'joining',
  'discussions',
  'elsewhere',
  'addresses',
  'pages',
] as const;
export type SettingsPart = (typeof SETTINGS_PARTS)[number];

/** The fields of each form, as texts. */
const FIELDS: Readonly<Record<SettingsPart, readonly string[]>> = {
  look: ['name', 'tagline', 'description', 'accent', 'logo', 'icon'],
  languages: ['defaultLocale', 'timeZone'],
  joining: ['registration', 'erasureDays', 'mailDays'],
  discussions: [
    'closeAfterDays',
    'slowModeSeconds',
    'maxDepth',
    'maxLength',
    'editWindowMinutes',
    'queuePromiseHours',
    'translations',
  ],
  elsewhere: ['menu', 'embedOrigins'],
  addresses: ['siteNames', 'pageAliases', 'pageQueries'],
  pages: SITE_PAGES,
};

/** The boxes of each form: browsers send nothing for one that is not ticked. */
const BOXES: Readonly<Record<SettingsPart, readonly string[]>> = {
  look: ['ownAccent', 'noLogo', 'noIcon'],
  languages: LOCALE_CODES.map((locale) => `locale-${locale}`),
  joining: ['guests', 'newsletter', 'ssoRoles'],
  discussions: ['commentImages', 'publicModerationLog'],
  elsewhere: [],
  addresses: [],
  pages: [],
};

/** A field that a form has not, since it was drawn before the forum knew of it, keeps what stands. */
export function sentFields(part: SettingsPart, form: unknown, site: Site): Typed {
  const inForce = fieldsInForce(site);
  const isSent = (name: string): boolean => isRecord(form) && name in form;
  const sent = (name: string): string => (name === 'accent' ? accentIn(form) : formText(form, name));
  return Object.fromEntries([
    ...FIELDS[part].map((name) => [name, isSent(name) ? sent(name) : (inForce[name] ?? '')]),
    ...BOXES[part].map((name) => [name, formText(form, name)]),
  ]);
}

/** The colour of the picker where that was changed and the code was not. */
function accentIn(form: unknown): string {
  const code = formText(form, 'accent');
  const picked = formText(form, 'accentPicked');
  const shown = formText(form, 'accentShown');
  const isPicked = picked !== '' && picked !== (colourOf(shown) ?? DEFAULT_ACCENT);
  return isPicked && code === shown ? picked : code;
}

const ticked = (on: boolean): string => (on ? '1' : '');
const numberOrNone = (value: number | null): string => (value === null ? '' : String(value));

/** The fields as the settings in force fill them. */
export function fieldsInForce(site: Site): Typed {
  const { discussion, menu, embedOrigins = [], pages } = site;
  return {
    name: site.name,
    tagline: site.tagline,
    description: site.description,
    accent: site.accent,
    logo: site.logo ?? '',
    icon: site.icon ?? '',
    defaultLocale: site.defaultLocale,
    timeZone: site.timeZone,
    ...Object.fromEntries(LOCALE_CODES.map((locale) => [`locale-${locale}`, ticked(site.locales.includes(locale))])),
    registration: site.registration,
    guests: ticked(site.guests),
    newsletter: ticked(site.newsletter),
    ssoRoles: ticked(site.ssoRoles ?? false),
    erasureDays: String(site.erasureDays),
    mailDays: String(site.mailDays ?? ''),
    queuePromiseHours: numberOrNone(site.queuePromiseHours),
    closeAfterDays: numberOrNone(discussion.closeAfterDays),
    slowModeSeconds: String(discussion.slowModeSeconds),
    maxDepth: String(discussion.maxDepth),
    maxLength: String(discussion.maxLength),
    editWindowMinutes: numberOrNone(discussion.editWindowMinutes),
    commentImages: ticked(discussion.images),
    publicModerationLog: ticked(site.publicModerationLog),
    translations: site.translations,
    menu: menu.map(({ label, href }) => `${label} ${href}`).join('\n'),
    embedOrigins: embedOrigins.join('\n'),
    ...addressLines(site),
    ...Object.fromEntries(SITE_PAGES.map((page) => [page, pages[page] ?? ''])),
  };
}

/** The change that a form asks for, after its checks; fixed settings are not in their form, and left out. */
export function siteWishIn(part: SettingsPart, typed: Typed, isFixed: (field: string) => boolean): SiteWish {
  const text = (name: string): string => (typed[name] ?? '').trim();
  const isTicked = (name: string): boolean => typed[name] === '1';
  switch (part) {
    case 'look':
      return {
        name: text('name'),
        tagline: text('tagline'),
        description: text('description'),
        accent: isTicked('ownAccent') ? null : text('accent'),
        logo: isTicked('noLogo') ? null : text('logo') || null,
        icon: isTicked('noIcon') ? null : text('icon') || null,
      };
    case 'languages': {
      const defaultLocale = text('defaultLocale');
      const locales = LOCALE_CODES.filter((locale) => isTicked(`locale-${locale}`) || locale === defaultLocale);
      return { locales, timeZone: text('timeZone'), ...(isLocale(defaultLocale) ? { defaultLocale } : {}) };
    }
    case 'joining': {
      const registration = oneOf(REGISTRATION_WAYS, text('registration'));
      const way = registration === undefined ? {} : { registration };
      const daysIn = <Name extends 'erasureDays' | 'mailDays'>(name: Name) =>
        text(name) === '' ? {} : { [name]: Number(text(name)) };
      const days = { ...daysIn('erasureDays'), ...daysIn('mailDays') };
      const ticks = {
        guests: isTicked('guests'),
        newsletter: isTicked('newsletter'),
        ssoRoles: isTicked('ssoRoles'),
      };
      return { ...way, ...ticks, ...days };
    }
    case 'discussions': {
      const translations = oneOf(TRANSLATION_WRITERS, text('translations'));
      return {
        ...(translations === undefined ? {} : { translations }),
        discussion: { ...discussionIn(text, isFixed), images: isTicked('commentImages') },
        queuePromiseHours: text('queuePromiseHours') === '' ? null : Number(text('queuePromiseHours')),
        ...(isFixed('publicModerationLog') ? {} : { publicModerationLog: isTicked('publicModerationLog') }),
      };
    }
    case 'elsewhere':
      return {
        menu: linesOf(text('menu')).map(linkIn),
        ...(isFixed('embedOrigins') ? {} : { embedOrigins: linesOf(text('embedOrigins')) }),
      };
    case 'addresses':
      return addressesIn(text);
    case 'pages':
      return { pages: Object.fromEntries(SITE_PAGES.map((page) => [page, text(page) || null])) };
    default:
      return part satisfies never;
  }
}

function discussionIn(
  text: (name: string) => string,
  isFixed: (field: string) => boolean,
): NonNullable<SiteWish['discussion']> {
  const orNone = (name: string): number | null => (text(name) === '' ? null : Number(text(name)));
  return {
    closeAfterDays: orNone('closeAfterDays'),
    slowModeSeconds: Number(text('slowModeSeconds')),
    editWindowMinutes: orNone('editWindowMinutes'),
    ...(isFixed('discussion.maxDepth') ? {} : { maxDepth: Number(text('maxDepth')) }),
    ...(isFixed('discussion.maxLength') ? {} : { maxLength: Number(text('maxLength')) }),
  };
}
