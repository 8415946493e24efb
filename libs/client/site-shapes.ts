import type { Locale, QueryRule, RegistrationWay, SitePage, TranslationWriters } from '../words/index.ts';
import type { Count } from './formats.ts';

/** What a new discussion is like, and what may be written in all of them. */
export interface SiteDiscussion {
  /** Null for ever. */
  readonly closeAfterDays: Count | null;
  readonly slowModeSeconds: Count;
  readonly maxDepth: Count;
  readonly maxLength: Count;
  /** Null for ever. */
  readonly editWindowMinutes: Count | null;
  readonly images: boolean;
}

/** The name of a site that embeds discussions. */
export interface SiteOrigin {
  readonly origin: string;
  readonly name: string;
}

/** Where pages of other sites stood, and where they stand now, each with all below it. */
export interface MovedPages {
  readonly from: string;
  readonly to: string;
}

/** Which parameters tell the pages of a site apart: the named ones alone, or all but the named ones. */
export interface PageParameters {
  readonly origin: string;
  readonly rule: QueryRule;
  readonly names: readonly string[];
}

/** The settings of the forum; `embedOrigins`, `siteNames`, `pageAliases`, `pageQueries`, `ssoRoles`, `mailDays` and `fixed` are for admins alone. */
export interface Site {
  readonly name: string;
  readonly tagline: string;
  readonly description: string;
  /** Ids of images, or null. */
  readonly logo: string | null;
  readonly icon: string | null;
  /** `#rrggbb`, as light themes show it. */
  readonly accent: string;
  readonly accentDark: string;
  readonly defaultLocale: Locale;
  readonly locales: readonly Locale[];
  readonly timeZone: string;
  readonly registration: RegistrationWay;
  readonly guests: boolean;
  /** Whether readers may ask for the newsletter. */
  readonly newsletter: boolean;
  /** Days in which a member can take its erasure back. */
  readonly erasureDays: Count;
  /** Hours within which moderators decide on what waits; null for no promise. */
  readonly queuePromiseHours: Count | null;
  readonly discussion: SiteDiscussion;
  readonly publicModerationLog: boolean;
  /** Who may add translations of posts and comments. */
  readonly translations: TranslationWriters;
  readonly menu: readonly { readonly label: string; readonly href: string }[];
  /** Markdown; null for a page that was not written. */
  readonly pages: { readonly [Page in SitePage]: string | null };
  readonly embedOrigins?: readonly string[];
  readonly siteNames?: readonly SiteOrigin[];
  readonly pageAliases?: readonly MovedPages[];
  readonly pageQueries?: readonly PageParameters[];
  readonly ssoRoles?: boolean;
  /** Days for which mails are kept after they were sent or given up. */
  readonly mailDays?: Count;
  /** The settings that the environment fixes, each with its name there. */
  readonly fixed?: readonly { readonly field: string; readonly by: string }[];
}

/** A discussion of a page, at the address where it stands by the rules in force. */
export interface DiscussionOfPage {
  readonly slug: string;
  readonly title: string;
  readonly url: string;
  readonly commentCount: Count;
}

/** Discussions that would be of one page: the page shows the one that was recorded first, and leads to the others. */
export interface JoinedPages {
  readonly url: string;
  readonly shown: DiscussionOfPage;
  readonly others: readonly DiscussionOfPage[];
}

/** What other aliases and parameters would do to the pages that have a discussion. */
export interface PageMoves {
  readonly pages: Count;
  /** Those that would stand at another address. */
  readonly moving: Count;
  /** Addresses at which discussions would meet that now stand at several. */
  readonly joining: Count;
  /** The first 50 of these. */
  readonly joins: readonly JoinedPages[];
}

/** What is left out is as it is. */
export interface PageRulesWish {
  readonly pageAliases?: readonly MovedPages[];
  readonly pageQueries?: readonly PageParameters[];
}

/** What is left out stays as it is; null takes away. */
export interface SiteWish extends PageRulesWish {
  readonly name?: string;
  readonly tagline?: string;
  readonly description?: string;
  readonly logo?: string | null;
  readonly icon?: string | null;
  readonly accent?: string | null;
  readonly defaultLocale?: Locale;
  readonly locales?: readonly Locale[];
  readonly timeZone?: string;
  readonly registration?: RegistrationWay;
  readonly guests?: boolean;
  readonly newsletter?: boolean;
  readonly ssoRoles?: boolean;
  readonly erasureDays?: number;
  readonly mailDays?: number;
  readonly queuePromiseHours?: number | null;
  readonly discussion?: Partial<SiteDiscussion>;
  readonly embedOrigins?: readonly string[];
  readonly siteNames?: readonly SiteOrigin[];
  readonly publicModerationLog?: boolean;
  readonly translations?: TranslationWriters;
  readonly menu?: readonly { readonly label: string; readonly href: string }[];
  readonly pages?: { readonly [Page in SitePage]?: string | null };
}
