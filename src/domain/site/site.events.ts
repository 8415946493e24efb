import type { Fact } from '../../../libs/kernel/index.ts';
import type { SitePage } from '../../../libs/words/index.ts';
import { SITE_PAGES, TRANSLATION_WRITERS } from '../../../libs/words/index.ts';
import { anyOf, type Catalogue } from '../catalogue-entry.ts';
import type { SiteChange } from './site.settings.ts';

export { changesTogether, FIRST_SITE, type SiteChange, type SiteSettings, siteAfter } from './site.settings.ts';

/** Stream `site`, the only one of its kind. Holds the settings that changed, as they are now. */
export type SiteChanged = Fact<'SiteChanged.v1', SiteChange, null>;

/** The text is sealed since an imprint names people. */
export type SitePageChanged = Fact<
  'SitePageChanged.v1',
  {
    readonly page: SitePage;
    /** Whether the page has no text any more. */
    readonly removed: boolean;
  },
  { readonly text: string }
>;

export type SiteEvent = SiteChanged | SitePageChanged;

const SITE_STREAM = 'site';

export const SITE_EVENTS: Catalogue<SiteEvent> = {
  'SiteChanged.v1': {
    stream: SITE_STREAM,
    sentence: 'An admin changed settings of the forum: only those that changed are there, as they are now.',
    data: {
      name: 'The name of the forum.',
      tagline: 'A few words below the name; empty for none.',
      description: 'What the forum is about, for search engines and previews; empty for none.',
      logo: 'The image beside the name, or null.',
      icon: 'The image in the tabs of browsers, or null.',
      accent: 'The colour of links and main actions (`#rrggbb`), or null for the own one.',
      defaultLocale: 'The language for readers whose own is not offered (BCP 47).',
      locales: 'The languages that readers may choose.',
      timeZone: 'The zone of days and months for readers whose own is not known (IANA).',
      registration: 'How people become members: `open`, `approval`, `invitation` or `closed`.',
      guests: 'Whether people without an account may comment.',
      newsletter: 'Whether readers may ask for the newsletter.',
      ssoRoles: "Whether the host's tokens may name roles.",
      erasureDays: 'Days in which a member can take its erasure back; 0 for none.',
      queuePromiseHours: 'Hours within which moderators decide on what waits, or null for no promise.',
      mailDays: 'Days for which mails are kept after they were sent or given up.',
      discussion:
        'Of what is the same in all discussions the values that changed: `closeAfterDays`, `slowModeSeconds`, `maxDepth`, `maxLength`, `editWindowMinutes`, `images`.',
      embedOrigins: 'The origins that may embed discussions.',
      siteNames: 'The names of sites that embed discussions: `origin` and `name`.',
      pageAliases:
        'Where pages of other sites stood, and where they stand now: `from` and `to`, each with all below it.',
      pageQueries:
        'Which parameters tell the pages of a site apart: `origin`, `rule` (`keep` for the named alone, `drop` for all others) and `names`.',
      publicModerationLog: 'Whether readers may see the moderation log, without names.',
      translations: `Who may translate posts and comments: ${anyOf(TRANSLATION_WRITERS)}.`,
      menu: 'The links in the head of every page: `label` and `href`.',
    },
    personal: null,
  },
  'SitePageChanged.v1': {
    stream: SITE_STREAM,
    sentence: 'An admin wrote a page about the forum.',
    data: {
      page: `Which one: ${anyOf(SITE_PAGES)}.`,
      removed: 'Whether it has no text any more.',
    },
    personal: { text: 'The whole text, Markdown.' },
  },
};
