import type { Fact } from '../../../libs/kernel/index.ts';
import type { PostKind } from '../../../libs/words/index.ts';

/** Where an imported thing came from: the source's kind and the thing's id there. */
export interface ImportSource {
  readonly kind: 'wordpress' | 'disqus';
  /** The site's own address, as the export gives it. */
  readonly site: string;
  readonly id: string;
}

export interface PostContent {
  readonly title: string;
  readonly slug: string;
  /** Markdown; empty for a page of another site. */
  readonly body: string;
  /** Markdown or null: then the head of the body is shown. */
  readonly excerpt: string | null;
  readonly tags: readonly string[];
  /** BCP 47 language of the text. */
  readonly locale: string;
}

/** Stream `post-<postId>`. From `publishAt` on readers see it; editors before that. */
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

/**
 * Before the post came to be, a name that was reserved for it was given to another, since it took too long: it cannot
 * come with that name any more.
 */
export type PostNameLost = Fact<'PostNameLost.v1', { readonly postId: string; readonly name: string }, null>;

/** What a tag was called in addresses where a post came from; the same words may name a category and a tag there. */
export interface OldTagName {
  readonly tag: string;
  readonly taxonomy: 'category' | 'tag';
  /** As the source wrote it, percent-encoded or not. */
  readonly nicename: string;
}

/** What it was found by where it came from, and its tags: whoever follows such an address is led to them. */
export type PostAddressesKept = Fact<
  'PostAddressesKept.v2',
  {
    readonly postId: string;
    /** Whole addresses, http or https. */
    readonly addresses: readonly string[];
    /** Of the files that belonged to it. */
    readonly attachments: readonly string[];
    readonly tagNames: readonly OldTagName[];
  },
  null
>;

export type PostEvent = PostPublished | PostEdited | PostWithdrawn | PostNameLost | PostAddressesKept;
