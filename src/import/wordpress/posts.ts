import { withoutTail } from '../../../libs/kernel/index.ts';
import { IMPORT_TEXT_LIMITS, type ImportSaying } from '../../../libs/words/index.ts';
import { givenSlug, slugOf } from '../../domain/post/slug.ts';
import { normalized } from '../../domain/text.ts';
import { plainText } from '../html/parse-html.ts';
import { withoutInline } from '../images/inline-images.ts';
import { importedText } from '../imported-text.ts';
import type { ImportedPost } from '../source/imported-post.ts';
import type { Warn } from '../source/source.ts';
import { footnotesIn, withBlocks } from './blocks.ts';
import type { BlogClock } from './dates.ts';
import { type FeaturedImage, THUMBNAIL, withFeatured } from './featured.ts';
import { NO_GALLERY } from './shortcodes.ts';
import { givenName, postIdOf, siteAddress, siteLocale, sourceIdOf } from './site.ts';
import type { Survey } from './survey.ts';
import { tagsOf } from './tags.ts';
import { postText } from './texts.ts';
import type { WxrItem, WxrSite } from './wxr.ts';

const LIMITS = { ...IMPORT_TEXT_LIMITS, body: IMPORT_TEXT_LIMITS.postBody };

export interface PostContext {
  readonly clock: BlogClock;
  readonly survey: Survey;
  /** Hears of each shortcode that nobody knows. */
  readonly onShortcode: (name: string) => void;
  readonly warn: Warn;
}

export function toPost(item: WxrItem, site: WxrSite, context: PostContext): ImportedPost {
  const { fields } = item;
  const address = siteAddress(site, item);
  const { id } = sourceIdOf(item);
  const link = fields.get('link') ?? '';
  const content = withoutInline(withBlocks(fields.get('content:encoded') ?? '', (ref) => context.survey.blockOf(ref)));
  const excerptGiven = withoutInline(fields.get('excerpt:encoded') ?? '');
  const { body, teaser, shortcodes } = postText(content.html, {
    gallery: context.survey.galleryOf(id),
    rewrite: context.survey.rewrite,
    footnotes: footnotesIn(fields.get('footnotes') ?? ''),
    baseUrl: URL.canParse(link) ? link : URL.canParse(address) ? address : null,
    most: IMPORT_TEXT_LIMITS.postBody.max,
  });
  const excerpt = postText(excerptGiven.html, {
    gallery: NO_GALLERY,
    baseUrl: null,
    footnotes: [],
    rewrite: context.survey.rewrite,
    most: IMPORT_TEXT_LIMITS.excerpt.max,
  }).body;
  for (const name of shortcodes) context.onShortcode(name);
  const title = titleOf(item, body);
  const image = featuredOf(item, context.survey);
  const cut = (text: string, field: keyof typeof LIMITS) =>
    shortened(text, field, (message) => context.warn(message, item.place));
  return {
    ...identity(address, id),
    title: cut(title, 'title'),
    slug: context.survey.slugOf(postIdOf(address, id)) ?? slugFrom(givenName(item), title),
    body: cut(image ? withFeatured(body, image) : body, 'body') || title,
    excerpt: cut(excerpt, 'excerpt') || (teaser === null ? null : cut(teaser, 'excerpt')),
    ...tagsOf(item.categories, site.terms),
    locale: siteLocale(site),
    publishAt: context.clock.moment(fields, { gmt: 'wp:post_date_gmt', local: 'wp:post_date', rss: 'pubDate' }),
    byline: cut(bylineOf(item, site), 'byline') || null,
    closed: fields.get('wp:comment_status') === 'closed',
    addresses: addressesOf(item, address),
    attachments: context.survey.attachmentsOf(id),
    inline: { ...content.inline, ...excerptGiven.inline },
    lostImage: image === undefined ? `${address}/?attachment_id=${item.fields.get(THUMBNAIL)}` : null,
  };
}

/** The image that a blog's theme shows above the text; null for a post without one, undefined when the export does not hold it. */
function featuredOf({ fields }: WxrItem, survey: Survey): FeaturedImage | null | undefined {
  const id = fields.get(THUMBNAIL) ?? '';
  return /^[1-9]\d*$/.test(id) ? survey.imageOf(id) : null;
}

/** The same post under another id of its site. */
export function withSourceId(post: ImportedPost, id: string): ImportedPost {
  return { ...post, ...identity(post.source.site, id) };
}

function identity(site: string, id: string): Pick<ImportedPost, 'postId' | 'source'> {
  return { postId: postIdOf(site, id), source: { kind: 'wordpress', site, id } };
}

function addressesOf(item: WxrItem, site: string): readonly string[] {
  const { fields } = item;
  const { id } = sourceIdOf(item);
  const numbered = /^[1-9]\d*$/.test(id) && URL.canParse(site) ? [`${site}/?p=${id}`] : [];
  return [fields.get('link') ?? '', fields.get('guid') ?? '', ...numbered].filter((each) => each !== '');
}

function slugFrom(given: string, title: string): string {
  return given === '' ? slugOf(title) : givenSlug(given);
}

function titleOf(item: WxrItem, body: string): string {
  const title = plainText(item.fields.get('title') ?? '');
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(title)) return title;
  const head = plainText(item.fields.get('content:encoded') ?? '').slice(0, 60);
  const whole = withoutTail(head, /\S/u);
  const words = (head.length - whole.length < 20 ? whole : head).trim();
  if (words !== '') return `${words}…`;
  return body.trim() === '' ? `No title (${sourceIdOf(item).id})` : '…';
}

function bylineOf(item: WxrItem, site: WxrSite): string {
  const login = item.fields.get('dc:creator') ?? '';
  return plainText(site.authors.get(login) ?? login);
}

function shortened(text: string, field: keyof typeof LIMITS, warn: (message: ImportSaying) => void): string {
  const clean = normalized(importedText(text));
  const limit = LIMITS[field].max;
  if (clean.length <= limit) return clean;
  warn(`the ${field} was cut at ${limit} characters`);
  return clean
    .slice(0, limit)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trim();
}
