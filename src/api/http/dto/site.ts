import type { PageRulesWish, SiteWish } from '../../../../libs/client/index.ts';
import {
  LOCALE_CODES,
  type Locale,
  MOST_EMBED_ORIGINS,
  MOST_ERASURE_DAYS,
  MOST_MAIL_DAYS,
  MOST_MENU_LINKS,
  MOST_PAGE_ALIASES,
  MOST_PROMISE_HOURS,
  MOST_QUERY_NAMES,
  MOST_SITE_ADDRESS,
  QUERY_RULES,
  REGISTRATION_WAYS,
  type RegistrationWay,
  SITE_PAGES,
  TEXT_LIMITS,
  TRANSLATION_WRITERS,
  type TranslationWriters,
} from '../../../../libs/words/index.ts';
import {
  IsBoolean,
  IsChoice,
  IsChoiceList,
  IsForm,
  IsId,
  IsListOf,
  IsSettings,
  IsText,
  IsTextList,
  IsWholeNumber,
  Nullable,
  Optional,
} from '../../input/rules.ts';

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value);
const isNumberOrNull = (value: unknown): boolean => value === null || isNumber(value);
const isShortText = (value: unknown): boolean => typeof value === 'string' && value.length <= 4 * MOST_SITE_ADDRESS;
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

const isNameList = (value: unknown): boolean =>
  Array.isArray(value) && value.length <= MOST_QUERY_NAMES && value.every(isShortText);
const isQueryRule = (value: unknown): boolean => QUERY_RULES.some((rule) => rule === value);

/** Where pages of other sites stand. */
export class PageRulesBody implements PageRulesWish {
  @Optional()
  @IsListOf({ from: isShortText, to: isShortText }, MOST_PAGE_ALIASES, 0)
  declare readonly pageAliases?: NonNullable<SiteWish['pageAliases']>;

  @Optional()
  @IsListOf({ origin: isShortText, rule: isQueryRule, names: isNameList }, MOST_EMBED_ORIGINS, 0)
  declare readonly pageQueries?: NonNullable<SiteWish['pageQueries']>;
}

/** The rules of the site check what the values mean. */
export class SiteBody extends PageRulesBody implements SiteWish {
  @Optional()
  @IsText(TEXT_LIMITS.siteName)
  declare readonly name?: string;

  @Optional()
  @IsText(TEXT_LIMITS.tagline)
  declare readonly tagline?: string;

  @Optional()
  @IsText(TEXT_LIMITS.siteDescription)
  declare readonly description?: string;

  @Nullable()
  @IsId()
  declare readonly logo?: string | null;

  @Nullable()
  @IsId()
  declare readonly icon?: string | null;

  @Nullable()
  @IsForm(/^#[0-9A-Fa-f]{6}$/, 'a colour such as #0c5c5c')
  declare readonly accent?: string | null;

  @Optional()
  @IsChoice(LOCALE_CODES)
  declare readonly defaultLocale?: Locale;

  @Optional()
  @IsChoiceList(LOCALE_CODES)
  declare readonly locales?: readonly Locale[];

  @Optional()
  @IsForm(/^[A-Za-z0-9_+/-]{1,60}$/, 'the name of a time zone such as Asia/Bangkok')
  declare readonly timeZone?: string;

  @Optional()
  @IsChoice(REGISTRATION_WAYS)
  declare readonly registration?: RegistrationWay;

  @Optional()
  @IsBoolean()
  declare readonly guests?: boolean;

  @Optional()
  @IsBoolean()
  declare readonly newsletter?: boolean;

  @Optional()
  @IsBoolean()
  declare readonly ssoRoles?: boolean;

  @Optional()
  @IsWholeNumber(0, MOST_ERASURE_DAYS)
  declare readonly erasureDays?: number;

  @Optional()
  @IsWholeNumber(1, MOST_MAIL_DAYS)
  declare readonly mailDays?: number;

  @Nullable()
  @IsWholeNumber(1, MOST_PROMISE_HOURS)
  declare readonly queuePromiseHours?: number | null;

  @Optional()
  @IsSettings({
    closeAfterDays: isNumberOrNull,
    slowModeSeconds: isNumber,
    maxDepth: isNumber,
    maxLength: isNumber,
    editWindowMinutes: isNumberOrNull,
    images: (value) => typeof value === 'boolean',
  })
  declare readonly discussion?: NonNullable<SiteWish['discussion']>;

  @Optional()
  @IsTextList({ min: 1, max: MOST_SITE_ADDRESS, lines: 'one' }, MOST_EMBED_ORIGINS)
  declare readonly embedOrigins?: readonly string[];

  @Optional()
  @IsListOf({ origin: isShortText, name: isShortText }, MOST_EMBED_ORIGINS, 0)
  declare readonly siteNames?: NonNullable<SiteWish['siteNames']>;

  @Optional()
  @IsBoolean()
  declare readonly publicModerationLog?: boolean;

  @Optional()
  @IsChoice(TRANSLATION_WRITERS)
  declare readonly translations?: TranslationWriters;

  @Optional()
  @IsListOf({ label: isShortText, href: isShortText }, MOST_MENU_LINKS, 0)
  declare readonly menu?: NonNullable<SiteWish['menu']>;

  @Optional()
  @IsSettings(Object.fromEntries(SITE_PAGES.map((page) => [page, isTextOrNull])))
  declare readonly pages?: NonNullable<SiteWish['pages']>;
}
