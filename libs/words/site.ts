/** The ways in which people become members: freely, after an admin's approval, by an invitation, or not at all. */
export const REGISTRATION_WAYS = ['open', 'approval', 'invitation', 'closed'] as const;
export type RegistrationWay = (typeof REGISTRATION_WAYS)[number];

/** The pages that admins write; each stands at the address of its name. */
export const SITE_PAGES = ['about', 'rules', 'privacy', 'imprint'] as const;
export type SitePage = (typeof SITE_PAGES)[number];

/** The name of a forum whose admins gave it none. */
export const DEFAULT_SITE_NAME = 'Colloquy';
/** The colour of links and main actions unless admins choose another. */
export const DEFAULT_ACCENT = '#0c5c5c';
/** Days for which a mail is kept that is settled, and at most. */
export const USUAL_MAIL_DAYS = 30;
export const MOST_MAIL_DAYS = 3_650;
/** The longest time that a forum can promise for a decision of moderators, in hours. */
export const MOST_PROMISE_HOURS = 720;
export const MOST_MENU_LINKS = 8;
/** Stands for the forum itself where a site is asked for by its origin. */
export const OWN_SITE = 'own';
/** An origin as addresses have it, or OWN_SITE. */
export const SITE_PATTERN = /^(?:own|https?:\/\/[a-z0-9.-]{1,253}(?::\d{1,5})?)$/u;
export const MOST_EMBED_ORIGINS = 50;
/** Former addresses of sites and folders, and sites with rules for parameters. */
export const MOST_PAGE_ALIASES = 50;
/** Parameters that a site names. */
export const MOST_QUERY_NAMES = 30;
/** What is done with the parameters that a site names: they alone count, or they do not. */
export const QUERY_RULES = ['keep', 'drop'] as const;
export type QueryRule = (typeof QUERY_RULES)[number];
export const MOST_CLOSE_AFTER_DAYS = 3_650;
/** A year. */
export const MOST_EDIT_WINDOW_MINUTES = 525_600;
/** Characters of the longest address of a link or an origin. */
export const MOST_SITE_ADDRESS = 500;
