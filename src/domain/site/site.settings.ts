import type { Locale, RegistrationWay, TranslationWriters } from '../../../libs/words/index.ts';
import {
  DEEPEST_ANSWER,
  DEFAULT_LOCALE,
  DEFAULT_SITE_NAME,
  LOCALE_CODES,
  TEXT_LIMITS,
  USUAL_ERASURE_DAYS,
  USUAL_MAIL_DAYS,
} from '../../../libs/words/index.ts';
import type { PageRules } from '../post/page-rules.ts';

/** What a new discussion is like, and what may be written in all of them. */
export interface DiscussionDefaults {
  /** Days after a post's publication for which it is discussed; null for ever. */
  readonly closeAfterDays: number | null;
  /** The slow mode of the discussions of new posts; 0 for none. */
  readonly slowModeSeconds: number;
  /** Depth of the deepest answer; an answer to the post has depth 0. */
  readonly maxDepth: number;
  /** Characters of the longest comment. */
  readonly maxLength: number;
  /** Minutes for which authors may edit a comment; null for ever. */
  readonly editWindowMinutes: number | null;
  /** Whether members may put images into comments. */
  readonly images: boolean;
}

export interface MenuLink {
  readonly label: string;
  /** An http(s) address, or a path of the forum. */
  readonly href: string;
}

/** The name that readers and moderators know a site by. */
export interface SiteName {
  readonly origin: string;
  readonly name: string;
}

/** Every setting that admins make on a page, without the pages that they write. */
export interface SiteSettings extends PageRules {
  readonly name: string;
  /** Empty for none, as the description. */
  readonly tagline: string;
  readonly description: string;
  /** The ids of images; null for none. */
  readonly logo: string | null;
  readonly icon: string | null;
  /** `#rrggbb`; null for the forum's own colour. */
  readonly accent: string | null;
  readonly defaultLocale: Locale;
  /** The languages that readers may choose; always with `defaultLocale`. */
  readonly locales: readonly Locale[];
  /** IANA name of the zone in which days and months begin for readers whose own is not known. */
  readonly timeZone: string;
  readonly registration: RegistrationWay;
  readonly guests: boolean;
  /** Whether readers may ask for the newsletter. */
  readonly newsletter: boolean;
  /** Whether the host's tokens may name roles. */
  readonly ssoRoles: boolean;
  /** Days in which a member can take its erasure back; 0 for none. */
  readonly erasureDays: number;
  /** Days for which mails are kept in the list and the outbox after they were sent or given up. */
  readonly mailDays: number;
  /** Hours within which moderators decide on what waits; null for no promise. */
  readonly queuePromiseHours: number | null;
  readonly discussion: DiscussionDefaults;
  /** Origins that may embed discussions. */
  readonly embedOrigins: readonly string[];
  /** The names of those that have one of their own. */
  readonly siteNames: readonly SiteName[];
  /** Whether readers may see the moderation log, without names. */
  readonly publicModerationLog: boolean;
  /** Who may add translations of posts and comments. */
  readonly translations: TranslationWriters;
  readonly menu: readonly MenuLink[];
}

/** The settings of a forum whose admins have changed none. */
export const FIRST_SITE: SiteSettings = {
  name: DEFAULT_SITE_NAME,
  tagline: '',
  description: '',
  logo: null,
  icon: null,
  accent: null,
  defaultLocale: DEFAULT_LOCALE,
  locales: LOCALE_CODES,
  timeZone: 'UTC',
  registration: 'open',
  guests: false,
  newsletter: false,
  ssoRoles: false,
  erasureDays: USUAL_ERASURE_DAYS,
  mailDays: USUAL_MAIL_DAYS,
  queuePromiseHours: null,
  discussion: {
    closeAfterDays: null,
    slowModeSeconds: 0,
    maxDepth: DEEPEST_ANSWER,
    maxLength: TEXT_LIMITS.comment.max,
    editWindowMinutes: null,
    images: false,
  },
  embedOrigins: [],
  siteNames: [],
  pageAliases: [],
  pageQueries: [],
  publicModerationLog: false,
  translations: 'staff',
  menu: [],
};

/** A change of some settings; those that are left out stay as they are. */
export type SiteChange = Partial<Omit<SiteSettings, 'discussion'>> & {
  readonly discussion?: Partial<DiscussionDefaults>;
};

/** The settings after a change. */
export function siteAfter(before: SiteSettings, { discussion = {}, ...change }: SiteChange): SiteSettings {
  return { ...before, ...change, discussion: { ...before.discussion, ...discussion } };
}

/** Two changes as one. */
export function changesTogether(first: SiteChange, { discussion, ...then }: SiteChange): SiteChange {
  const both = { ...first, ...then };
  return discussion === undefined ? both : { ...both, discussion: { ...first.discussion, ...discussion } };
}
