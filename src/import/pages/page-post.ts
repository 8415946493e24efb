import { deriveId } from '../../../libs/kernel/index.ts';
import {
  IMPORT_TEXT_LIMITS,
  type ImportSourceKind,
  MOST_IMPORTED_TAGS,
  plainTitle,
} from '../../../libs/words/index.ts';
import { pageId, pageInWords, pageSlug } from '../../domain/post/page-address.ts';
import { slugOf } from '../../domain/post/slug.ts';
import { normalized } from '../../domain/text.ts';
import { htmlToMarkdown } from '../html/html-to-markdown.ts';
import { importedText } from '../imported-text.ts';
import type { ImportedPost } from '../source/imported-post.ts';
import type { KnownPlace } from '../source/page-naming.ts';
import type { GatheredThread } from './gathered.ts';
import type { ToldArticle } from './told.ts';

const OF_A_PAGE = {
  body: '',
  excerpt: null,
  tags: [],
  byline: null,
  attachments: [],
  tagNames: [],
  inline: {},
  lostImage: null,
};

export interface PostOrigin {
  readonly kind: ImportSourceKind;
  readonly site: string;
  readonly locale: string;
}

/** The post under which a page's comments come: what is there already, else the post of that page. */
export function pagePost(
  thread: GatheredThread,
  stood: readonly string[],
  place: KnownPlace | null,
  { kind, site, locale }: PostOrigin,
): ImportedPost {
  const url = place === null ? (stood[0] ?? '') : place.url;
  const told = plainTitle(importedText(thread.title)).slice(0, IMPORT_TEXT_LIMITS.title.max).toWellFormed().trim();
  const title = told || plainTitle(pageInWords({ url: url ?? stood[0] ?? '' }));
  const common = { ...OF_A_PAGE, title, locale, publishAt: thread.at, closed: thread.closed === 1, addresses: stood };
  const source = { kind, site, id: thread.key };
  if (url === null) return { ...common, source, postId: place?.postId ?? '', slug: slugOf(title) };
  return { ...common, source, postId: pageId({ url }), slug: pageSlug({ url }), url };
}

/** A topic without a page: what opens it is a post of this forum. */
export function articlePost(
  thread: GatheredThread,
  article: ToldArticle,
  { kind, site, locale }: PostOrigin,
): ImportedPost {
  const title = plainTitle(importedText(thread.title)) || thread.key;
  const { max } = IMPORT_TEXT_LIMITS.postBody;
  const body = htmlToMarkdown(article.html, {
    lines: false,
    baseUrl: null,
    rewrite: () => null,
    most: max,
    marksImages: true,
  });
  return {
    ...OF_A_PAGE,
    source: { kind, site, id: thread.key },
    postId: deriveId(kind, site, 'post', thread.key),
    title,
    slug: slugOf(article.slug || title),
    body: normalized(importedText(body)).slice(0, max).toWellFormed() || title,
    tags: article.tags.slice(0, MOST_IMPORTED_TAGS),
    locale,
    publishAt: thread.at,
    byline: [...importedText(article.byline)].slice(0, IMPORT_TEXT_LIMITS.byline.max).join('').trim() || null,
    closed: thread.closed === 1,
    addresses: [],
  };
}
