import type { ComponentChildren, JSX } from 'preact';
import { render } from 'preact-render-to-string';
import { FEED_TYPES, type FeedFormat } from '../../../libs/feeds/port.ts';
import { accentPair, DEFAULT_ACCENT, SITE_PAGES } from '../../../libs/words/index.ts';
import type { SiteInForce } from '../../views/site/site.query-types.ts';
import type { AssetName } from '../shell/assets.ts';
import { type Frame, NO_NOTICES } from '../shell/frame.ts';
import { directionOf } from '../shell/i18n/locales.ts';
import { exactTime } from '../shell/i18n/moments.ts';
import { languageIn } from '../shell/message-files.ts';
import { pageJson } from '../shell/page-json.ts';
import { feedHref } from '../shell/public-page.tsx';
import { brandImage, Logo, pageTitle } from '../shell/site-parts.tsx';
import { ARCHIVE, HOME, ownHref, PAGES, SEARCH, TAGS, VERIFY } from './places.ts';

/** A moment after all others, seen from which every time is told as a date: a copy is read years later, too. */
const LONG_AFTER = Date.UTC(9999, 0);

export const ASSETS = {
  style: 'assets/suitcase.css',
  accent: 'assets/accent.css',
  icon: 'assets/icon.svg',
  search: 'assets/search.js',
  verify: 'assets/verify.js',
} as const;

/** What is the same on all pages of a suitcase. */
export interface Sheet {
  readonly frame: Frame;
  /** RFC 3339, UTC: the moment that the copy shows. */
  readonly at: string;
  /** The pages about the forum that are in it. */
  readonly pages: ReadonlySet<string>;
  /** Whether pages of other sites are discussed. */
  readonly hasPages: boolean;
}

/** The frame of a reader without an account, in the forum's own language; nothing of it needs a server. */
export function sheetOf(
  site: SiteInForce,
  { origin, at, hasPages }: { readonly origin: string; readonly at: string; readonly hasPages: boolean },
): Sheet {
  const { translator, timeWords } = languageIn(site.defaultLocale);
  const frame: Frame = {
    translator: { ...translator, timeZone: site.timeZone },
    timeWords,
    origin,
    here: '/',
    member: null,
    reads: null,
    translationsShown: 'asked',
    notices: NO_NOTICES,
    findings: [],
    demo: false,
    readOnly: true,
    publicLog: false,
    site,
    now: LONG_AFTER,
    asset: (name: AssetName) => ownHref(`assets/${name}`),
    imports: () => [],
  };
  const pages = new Set(SITE_PAGES.filter((page) => page === 'privacy' || site.pages.includes(page)));
  return { frame, at, pages, hasPages };
}

interface SheetPageProps {
  readonly sheet: Sheet;
  /** Null on the first page, which has the forum's own title. */
  readonly title: string | null;
  readonly file: string;
  readonly description?: string;
  /** The path of the page whose feeds are named beside those of the forum. */
  readonly feed?: string;
  readonly script?: string;
  readonly data?: object;
  readonly children: ComponentChildren;
}

/** A whole page of a suitcase as HTML, with the forum's addresses; `localHtml` makes them its own. */
export function sheetHtml(page: JSX.Element): string {
  return `<!doctype html>${render(page)}\n`;
}

/** The same head, column and foot as on the forum, without what needs one. */
export function SheetPage(props: SheetPageProps) {
  const { sheet, file, children } = props;
  const { translator, site } = sheet.frame;
  const { t, locale } = translator;
  return (
    <html lang={locale} dir={directionOf(locale)}>
      <Head {...props} />
      <body>
        <a class="skip" href="#main">
          {t('nav.skip')}
        </a>
        <header class="site-head">
          <div class="column">
            <a class={site.logo === null ? 'site-name' : 'site-name with-logo'} href={ownHref(HOME)}>
              <Logo site={site} />
              <bdi>{site.name}</bdi>
            </a>
            <button class="menu-button" type="button" popovertarget="menu">
              {t('nav.menu')}
            </button>
            <div class="menu" id="menu" popover="auto">
              <Navigation sheet={sheet} file={file} />
            </div>
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          <div class="column">{children}</div>
        </main>
        <footer class="site-foot">
          <div class="column">
            <Foot sheet={sheet} />
          </div>
        </footer>
        {props.data && (
          <script type="application/json" id="page-data" dangerouslySetInnerHTML={{ __html: pageJson(props.data) }} />
        )}
      </body>
    </html>
  );
}

/** Nothing is loaded but what lies in the suitcase, whatever a text in it asks for; `'self'` means that for files of a disk, too. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

function Head({ sheet: { frame }, title, description, feed, script }: SheetPageProps) {
  const { site, translator } = frame;
  const colours = accentPair(site.accent ?? DEFAULT_ACCENT);
  return (
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={POLICY} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <title>{pageTitle(title, site)}</title>
      <meta name="description" content={description || site.description || translator.t('site.description')} />
      <link rel="stylesheet" href={ownHref(ASSETS.style)} />
      {site.accent !== null && <link rel="stylesheet" href={ownHref(ASSETS.accent)} />}
      {site.icon === null ? (
        <link rel="icon" type="image/svg+xml" href={ownHref(ASSETS.icon)} />
      ) : (
        <link rel="icon" type="image/webp" href={brandImage(site.icon)} />
      )}
      <meta name="theme-color" content={colours.light} media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content={colours.dark} media="(prefers-color-scheme: dark)" />
      {FORMATS.map((format) => (
        <link key={format} rel="alternate" type={FEED_TYPES[format]} href={feedHref(feed ?? '/', format)} />
      ))}
      {script !== undefined && <script defer src={ownHref(script)} />}
    </head>
  );
}

const FORMATS: readonly FeedFormat[] = ['atom', 'rss', 'json'];

function Navigation({ sheet, file }: { readonly sheet: Sheet; readonly file: string }) {
  const { t } = sheet.frame.translator;
  const links = [
    [HOME, t('nav.posts')],
    [ARCHIVE, t('nav.archive')],
    [TAGS, t('post.tags')],
    ...(sheet.hasPages ? [[PAGES, t('suitcase.pages')] as const] : []),
    [SEARCH, t('nav.search')],
  ] as const;
  return (
    <nav aria-label={t('nav.main')}>
      {links.map(([to, label]) => (
        <a key={to} href={ownHref(to)} aria-current={to === file ? 'page' : undefined}>
          {label}
        </a>
      ))}
      {sheet.frame.site.menu.map(({ label, href }) => (
        <a key={href} href={href} dir="auto">
          {label}
        </a>
      ))}
    </nav>
  );
}

function Foot({ sheet: { frame, at, pages } }: { readonly sheet: Sheet }) {
  const { site, translator, origin } = frame;
  const { t } = translator;
  const time = exactTime(at, { translator, isLocal: false });
  return (
    <>
      {site.tagline !== '' && (
        <p class="tagline" dir="auto">
          {site.tagline}
        </p>
      )}
      <p class="suitcase-foot" dir="auto">
        {t('suitcase.about', { name: site.name, time })}{' '}
        <a href={origin} rel="noopener">
          {t('suitcase.forum')}
        </a>
      </p>
      <nav class="foot-links" aria-label={t('sitepage.links')}>
        {SITE_PAGES.filter((page) => pages.has(page)).map((page) => (
          <a key={page} href={`/${page}`}>
            {t(`sitepage.${page}`)}
          </a>
        ))}
        <a href={ownHref(VERIFY)}>{t('suitcase.check')}</a>
        <a href={feedHref('/', 'atom')}>{t('feed.link')}</a>
      </nav>
    </>
  );
}
