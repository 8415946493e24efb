import { siteHostOf } from '../../../libs/kernel/index.ts';
import type { Scratch, ScratchLists, ScratchMap } from '../../../libs/scratch/index.ts';
import { plainText } from '../html/parse-html.ts';
import type { NamedPost, SlugsOf } from '../recording/new-slugs.ts';
import { placeKey } from '../source/place-key.ts';
import { SourceError } from '../source/source.ts';
import { fateOf, isDiscussed } from './comment-fate.ts';
import { ALT, type FeaturedImage } from './featured.ts';
import type { Gallery } from './shortcodes.ts';
import { commentIdAt, givenName, postIdOf, siteAddress, sourceIdOf } from './site.ts';
import type { Rewrite } from './texts.ts';
import { reasonToSkip, type WantedItems } from './wanted.ts';
import { type WxrItem, type WxrSite } from './wxr.ts';
import { readWxr } from './wxr-reader.ts';

/** Characters of all reusable blocks that are kept. */
const MOST_OF_BLOCKS = 4 * 1024 * 1024;

/** Files of one post that are looked at. */
const MOST_FILES = 10_000;
/** Hosts that an export names as its own which are kept. */
const MOST_HOSTS = 1_000;

/** Where the channel names its addresses. */
const SITE_FIELDS = ['link', 'wp:base_site_url', 'wp:base_blog_url'] as const;

/** A post that comes, and where it stood. */
interface ComingPost extends NamedPost {
  readonly site: string;
  readonly addresses: readonly string[];
}

/** Facts that posts need about other items of the export, wherever these stand in it. */
export class Survey {
  readonly #attachments: ScratchMap;
  readonly #alts: ScratchMap;
  readonly #imagesOf: ScratchLists;
  readonly #filesOf: ScratchLists;
  readonly #blocks = new Map<string, string>();
  readonly #slugs: ScratchMap;
  /** By host and `oldAddressKey`. */
  readonly #moved: ScratchMap;
  readonly #hosts = new Set<string>();
  #site = '';
  #sizeOfBlocks = 0;

  constructor(scratch: Scratch) {
    this.#attachments = scratch.map();
    this.#alts = scratch.map();
    this.#imagesOf = scratch.lists();
    this.#filesOf = scratch.lists();
    this.#slugs = scratch.map();
    this.#moved = scratch.map();
  }

  add({ fields }: WxrItem, site: WxrSite): void {
    for (const name of SITE_FIELDS) this.#isOwn(site.fields.get(name) ?? '');
    const id = fields.get('wp:post_id') ?? '';
    const url = fields.get('wp:attachment_url') ?? '';
    this.#isOwn(url);
    if (url !== '') this.#attach(id, fields.get('wp:post_parent') ?? '', url);
    const alt = fields.get(ALT) ?? '';
    if (url !== '' && alt !== '') this.#alts.set(id, plainText(alt));
    if (fields.get('wp:post_type') === 'wp_block') this.#keepBlock(id, fields.get('content:encoded') ?? '');
  }

  /** A gallery names its images by their ids, or means all of its post. */
  galleryOf(postId: string): Gallery {
    return (ids) => {
      if (ids.length === 0) return this.#imagesOf.of(postId, MOST_FILES);
      return ids.map((id) => this.#attachments.get(id)).filter((url) => url !== undefined);
    };
  }

  /** Undefined when the export does not hold the attachment. */
  imageOf(attachmentId: string): FeaturedImage | undefined {
    const address = this.#attachments.get(attachmentId);
    return address === undefined ? undefined : { address, alt: this.#alts.get(attachmentId) ?? '' };
  }

  /** The content of a reusable block; undefined when the export does not hold it. */
  blockOf(id: string): string | undefined {
    return this.#blocks.get(id);
  }

  /** Of all kinds; the first 10,000. */
  attachmentsOf(postId: string): readonly string[] {
    return this.#filesOf.of(postId, MOST_FILES);
  }

  /** The address that a post gets here; undefined where it is made from its title. */
  slugOf(postId: string): string | undefined {
    return this.#slugs.get(postId);
  }

  /** The hosts that the export names as the blog's own: of the site, and of its files. */
  get hosts(): ReadonlySet<string> {
    return this.#hosts;
  }

  /** A post that comes, with the address that it gets here. */
  comes({ postId, site, addresses }: ComingPost, slug: string): void {
    this.#site = site;
    this.#slugs.set(postId, slug);
    for (const address of addresses) {
      const key = placeKey(address);
      if (key !== null) this.#moved.add(key, slug);
    }
  }

  /** Of links to this blog's own posts, and to comments under them. */
  readonly rewrite: Rewrite = (url) => {
    const key = placeKey(url);
    const slug = key === null ? undefined : this.#moved.get(key);
    if (slug === undefined) return null;
    const comment = /#comment-(\d+)$/.exec(url)?.[1];
    const hash = comment === undefined ? '' : `#comment-${commentIdAt(this.#site, comment)}`;
    return `/posts/${encodeURIComponent(slug)}${hash}`;
  };

  #isOwn(address: string): void {
    const host = siteHostOf(address);
    if (host !== '' && this.#hosts.size < MOST_HOSTS) this.#hosts.add(host);
  }

  #attach(id: string, postId: string, url: string): void {
    this.#attachments.set(id, url);
    this.#filesOf.add(postId, url);
    if (/\.(jpe?g|png|gif|webp|avif|svg)$/i.test(url)) this.#imagesOf.add(postId, url);
  }

  #keepBlock(id: string, content: string): void {
    this.#sizeOfBlocks += content.length;
    if (this.#sizeOfBlocks <= MOST_OF_BLOCKS) this.#blocks.set(id, content);
  }
}

/** Posts whose addresses are asked for at once. */
const NAMED_AT_ONCE = 256;

interface SurveyTools {
  readonly slugsOf: SlugsOf;
  readonly wanted: WantedItems;
}

/**
 * Reads an export for what `Survey` tells, which stands in `scratch`. A fault in the file is left for the import itself to
 * tell.
 */
export async function surveyed(file: string, scratch: Scratch, { slugsOf, wanted }: SurveyTools): Promise<Survey> {
  const survey = new Survey(scratch);
  const naming = new Naming(survey, slugsOf);
  try {
    const reading = readWxr(file, () => undefined, {
      keepsComment: (comment, count) => count === 0 && fateOf(comment).kind === 'brought',
      skipsComments: (kept) => kept > 0,
    });
    for await (const { site, item } of reading) {
      survey.add(item, site);
      if (reasonToSkip(item, { ...wanted, pages: wanted.pages || isDiscussed(item) }) === null)
        await naming.add(item, site);
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
  await naming.end();
  return survey;
}

/** Asks for the addresses of the posts that come, many at a time, and has the survey know them. */
class Naming {
  readonly #survey: Survey;
  readonly #slugsOf: SlugsOf;
  #waiting: ComingPost[] = [];

  constructor(survey: Survey, slugsOf: SlugsOf) {
    this.#survey = survey;
    this.#slugsOf = slugsOf;
  }

  async add(item: WxrItem, channel: WxrSite): Promise<void> {
    const name = givenName(item);
    if (name === '') return;
    const site = siteAddress(channel, item);
    const { id } = sourceIdOf(item);
    const { fields } = item;
    const addresses = [fields.get('link') ?? '', fields.get('guid') ?? '', `${site}/?p=${id}`];
    this.#waiting.push({ postId: postIdOf(site, id), name, site, addresses });
    if (this.#waiting.length >= NAMED_AT_ONCE) await this.end();
  }

  /** Asks for those that still wait. */
  async end(): Promise<void> {
    const posts = this.#waiting;
    this.#waiting = [];
    if (posts.length === 0) return;
    const slugs = await this.#slugsOf(posts.map(({ postId, name }) => ({ postId, name })));
    for (const [at, post] of posts.entries()) this.#survey.comes(post, slugs[at] ?? '');
  }
}
