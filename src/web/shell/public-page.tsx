import { FEED_FILES, FEED_TYPES, type FeedFormat } from '../../../libs/feeds/port.ts';
import type { Locale } from '../../../libs/words/index.ts';
import type { Frame } from './frame.ts';
import { pageJson } from './page-json.ts';
import { brandImage, pageTitle } from './site-parts.tsx';

/** What search engines and previews are told of a page that everybody may read. */
export interface PublicPage {
  /** The one path, with its query, that the page is known by. */
  readonly path: string;
  readonly type?: 'article' | 'profile';
  /** The path of an image; without it the forum's logo is shown. */
  readonly image?: string | undefined;
  /** RFC 3339, UTC. */
  readonly publishedAt?: string;
  readonly editedAt?: string | null;
  /** The path of the page that has a feed beside it, when it has one of its own. */
  readonly feed?: string;
  /** As schema.org has it. */
  readonly described?: object;
}

/** The languages as Open Graph has them, where each needs a land. */
const OPEN_GRAPH_LOCALES: Readonly<Record<string, string>> = {
  en: 'en_US',
  vi: 'vi_VN',
  th: 'th_TH',
  km: 'km_KH',
  lo: 'lo_LA',
  my: 'my_MM',
  zh: 'zh_CN',
} satisfies Record<Locale, string>;

const FORMATS: readonly FeedFormat[] = ['atom', 'rss', 'json'];
const FORMAT_NAMES: Readonly<Record<FeedFormat, string>> = { atom: 'Atom', rss: 'RSS', json: 'JSON' };

/** The path of a feed beside a page. */
export function feedHref(path: string, format: FeedFormat): string {
  return `${path.endsWith('/') ? path : `${path}/`}${FEED_FILES[format]}`;
}

function Property({ name, content }: { readonly name: string; readonly content: string | null | undefined }) {
  return content ? <meta property={name} content={content} /> : null;
}

/** What the head of a page has for those who are no readers. */
export function PublicHead({
  frame: { site, origin, translator },
  page,
  title,
  description,
}: {
  readonly frame: Frame;
  readonly page: PublicPage;
  readonly title: string | null;
  readonly description: string;
}) {
  const { path, type = 'website', feed = '/', described } = page;
  const image = page.image ?? (site.logo === null ? undefined : brandImage(site.logo));
  const name = title ?? site.name;
  return (
    <>
      <link rel="canonical" href={origin + path} />
      <Property name="og:type" content={type} />
      <Property name="og:title" content={title ?? pageTitle(null, site)} />
      <Property name="og:description" content={description} />
      <Property name="og:url" content={origin + path} />
      <Property name="og:site_name" content={site.name} />
      <Property name="og:locale" content={OPEN_GRAPH_LOCALES[translator.locale]} />
      <Property name="og:image" content={image && origin + image} />
      <Property name="article:published_time" content={page.publishedAt} />
      <Property name="article:modified_time" content={page.editedAt} />
      {FORMATS.map((format) => (
        <link
          key={format}
          rel="alternate"
          type={FEED_TYPES[format]}
          title={`${page.feed === undefined ? site.name : name} (${FORMAT_NAMES[format]})`}
          href={feedHref(feed, format)}
        />
      ))}
      {described && <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: pageJson(described) }} />}
    </>
  );
}
