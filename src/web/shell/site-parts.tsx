import { accentPair, DEFAULT_ACCENT, SITE_PAGES } from '../../../libs/words/index.ts';
import type { SiteInForce } from '../../views/site/site.query-types.ts';
import { NEWSLETTER_PATH } from './addresses.ts';
import type { Frame } from './frame.ts';
import { LanguageForm } from './language-form.tsx';

/** The title of a page in the browser; null is the home page, which has the forum's own. */
export function pageTitle(title: string | null, { name, tagline }: Pick<SiteInForce, 'name' | 'tagline'>): string {
  if (title !== null) return `${title} · ${name}`;
  return tagline === '' ? name : `${name} · ${tagline}`;
}

/** The address of the style sheet with the colours that are made of an accent. */
export function accentHref(accent: string): string {
  return `/brand/accent-${accent.slice(1)}.css`;
}

/** The smallest size of an image of the forum's brand, which is shown smaller still. */
export function brandImage(id: string): string {
  return `/images/${id}-480.webp`;
}

/** What the forum's colour and icon add to the head of a page. */
export function Brand({ frame }: { readonly frame: Pick<Frame, 'site' | 'asset'> }) {
  const { accent, icon } = frame.site;
  const colours = accentPair(accent ?? DEFAULT_ACCENT);
  return (
    <>
      {accent !== null && <link rel="stylesheet" href={accentHref(accent)} />}
      {icon === null ? (
        <link rel="icon" type="image/svg+xml" href={frame.asset('icon.svg')} />
      ) : (
        <link rel="icon" type="image/webp" href={brandImage(icon)} />
      )}
      <meta name="theme-color" content={colours.light} media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content={colours.dark} media="(prefers-color-scheme: dark)" />
    </>
  );
}

/** The forum's name stands beside it, so that it needs no words of its own. */
export function Logo({ site: { logo } }: { readonly site: Pick<SiteInForce, 'logo'> }) {
  return logo === null ? null : <img class="logo" src={brandImage(logo)} alt="" />;
}

/** The foot of every page: the pages about the forum, the feeds, and the language. */
export function Foot({ frame, feed }: { readonly frame: Frame; readonly feed?: string | undefined }) {
  const { site, publicLog, translator } = frame;
  const { t } = translator;
  return (
    <>
      {site.tagline !== '' && (
        <p class="tagline" dir="auto">
          {site.tagline}
        </p>
      )}
      <LanguageForm frame={frame} />
      <nav class="foot-links" aria-label={t('sitepage.links')}>
        {SITE_PAGES.filter((page) => page === 'privacy' || site.pages.includes(page)).map((page) => (
          <a key={page} href={`/${page}`}>
            {t(`sitepage.${page}`)}
          </a>
        ))}
        {site.newsletter && <a href={NEWSLETTER_PATH}>{t('newsletter.title')}</a>}
        {publicLog && <a href="/moderation-log">{t('modlog.public')}</a>}
        <a href="/feed.atom">{t('feed.link')}</a>
        {feed !== undefined && feed !== '/' && <a href={`${feed}/feed.atom`}>{t('feed.page')}</a>}
      </nav>
    </>
  );
}
