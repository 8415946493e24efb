import type { Fact } from '../../../libs/kernel/index.ts';
import type { ImportSourceKind, PostKind } from '../../../libs/words/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';

/** The origin of an imported thing: the kind of source, and the thing's id there. */
export interface ImportSource {
  readonly kind: ImportSourceKind;
  /** The site's own address, as the export gives it, or the name of what gives the ids. */
  readonly site: string;
  readonly id: string;
}

export interface PostContent {
  readonly title: string;
  readonly slug: string;
  /** Markdown; empty for a page of another site. */
  readonly body: string;
  /** Markdown; null to show the beginning of the body. */
  readonly excerpt: string | null;
  readonly tags: readonly string[];
  /** BCP 47 language of the text. */
  readonly locale: string;
}

/** Stream `post-<postId>`. Readers see the post from `publishAt` on; editors see it before. */
export type PostPublished = Fact<
  'PostPublished.v1',
  PostContent & {
    readonly postId: string;
    readonly kind: PostKind;
    readonly publishAt: string;
    /** Null for an imported author, whose name stands in `byline`. */
    readonly authorId: string | null;
    readonly byline: string | null;
    readonly source: ImportSource | null;
  },
  null
>;
/** Holds the fields that changed, as they are now. */
export type PostEdited = Fact<
  'PostEdited.v1',
  Partial<PostContent> & { readonly postId: string; readonly publishAt?: string },
  null
>;
export type PostWithdrawn = Fact<'PostWithdrawn.v1', { readonly postId: string }, null>;
export type PostBroughtBack = Fact<'PostBroughtBack.v1', { readonly postId: string }, null>;

/**
 * A name that was reserved for this post was given to another before the post was published, since it took too long.
 * The post can no longer be published under it.
 */
export type PostNameLost = Fact<'PostNameLost.v1', { readonly postId: string; readonly name: string }, null>;

/** The name of a tag in the addresses of the source; a category and a tag may have the same name there. */
export interface OldTagName {
  readonly tag: string;
  readonly taxonomy: 'category' | 'tag';
  /** The name as the source wrote it, percent-encoded or not. */
  readonly nicename: string;
}

/**
 * The addresses of the post in the source, and the names of its tags there. Whoever follows such an address is led to
 * the post.
 */
export type PostAddressesKept = Fact<
  'PostAddressesKept.v2',
  {
    readonly postId: string;
    /** Whole addresses, http or https. */
    readonly addresses: readonly string[];
    /** The addresses of the files that belonged to it. */
    readonly attachments: readonly string[];
    readonly tagNames: readonly OldTagName[];
  },
  null
>;

/** The post stands for the page of another site at this address, as `pageAddress` gives it; the last one counts. */
export type PageAddressed = Fact<'PageAddressed.v1', { readonly postId: string; readonly url: string }, null>;

export type PostEvent =
  | PostPublished
  | PostEdited
  | PostWithdrawn
  | PostBroughtBack
  | PostNameLost
  | PostAddressesKept
  | PageAddressed;

export const POST_STREAM = 'post-<postId>';

export const OLD_ADDRESSES = {
  postId: MEANING.post,
  addresses: 'Addresses of the post itself that were not known before.',
  attachments: 'Addresses of files that belonged to it, the same.',
};

export const POST_EVENTS: Catalogue<PostEvent> = {
  'PostPublished.v1': {
    stream: POST_STREAM,
    sentence: 'A post was written here or imported; readers see it from `publishAt` on.',
    data: {
      postId: MEANING.post,
      kind: '`article`, `newsletter`, or `page` for a page of another site.',
      title: 'Its title, one line.',
      slug: 'Its name in addresses, unique by the reservation `slug-<slug>`.',
      body: 'The text as Markdown; empty for a page of another site.',
      excerpt: 'The teaser as Markdown, or null: then the head of the body is shown.',
      tags: 'Its tags, each once.',
      locale: 'The language of the text (BCP 47).',
      publishAt: 'The moment from which readers see it (RFC 3339, UTC).',
      authorId: 'The member who wrote it, or null for an imported author.',
      byline: "An imported author's name, or null.",
      source: MEANING.source,
    },
    personal: null,
  },
  'PostEdited.v1': {
    stream: POST_STREAM,
    sentence: 'A post was changed: only the fields that changed are there, as they are now.',
    data: {
      postId: MEANING.post,
      title: 'The new title.',
      slug: 'The new name in addresses, reserved like the first; the former one stays reserved, and its addresses lead to the post.',
      body: 'The new text as Markdown.',
      excerpt: 'The new teaser as Markdown, or null for none.',
      tags: 'All its tags now.',
      locale: 'The new language.',
      publishAt: 'The new moment from which readers see it.',
    },
    personal: null,
  },
  'PostWithdrawn.v1': {
    stream: POST_STREAM,
    sentence: 'A post was taken from the readers, its discussion with it; its address stays taken.',
    data: { postId: MEANING.post },
    personal: null,
  },
  'PostBroughtBack.v1': {
    stream: POST_STREAM,
    sentence:
      'A withdrawn post is there again, its discussion with it, where it stood: readers see it from its `publishAt` on.',
    data: { postId: MEANING.post },
    personal: null,
  },
  'PostNameLost.v1': {
    stream: POST_STREAM,
    sentence:
      'A name that was reserved for a post was given to another, since the post had not come within a minute; it cannot come with that name any more.',
    data: { postId: MEANING.post, name: MEANING.lostName },
    personal: null,
  },
  'PageAddressed.v1': {
    stream: POST_STREAM,
    sentence: 'The post stands for a page of another site; it is recorded with the first comment there.',
    data: {
      postId: MEANING.post,
      url: 'The canonical address of the page: scheme, host, path and sorted query.',
    },
    personal: null,
  },
  'PostAddressesKept.v2': {
    stream: POST_STREAM,
    sentence:
      'An import told at which addresses a post was found where it came from, and its tags; they lead to them now.',
    data: {
      ...OLD_ADDRESSES,
      tagNames:
        'What its tags were called in addresses, the same: the tag, the taxonomy (`category` or `tag`), and the nicename there.',
    },
    personal: null,
  },
};
