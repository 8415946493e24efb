import type { Fact } from '../../../libs/kernel/index.ts';
import type { WrittenPostKind } from '../../../libs/words/index.ts';
import type { Catalogue } from '../catalogue-entry.ts';

/** A post as far as it is written: all of it may still be empty. */
export interface PostDraftContent {
  readonly title: string;
  /** The name in addresses that the writer wishes; empty to have one made of the title. */
  readonly slug: string;
  /** Markdown. */
  readonly body: string;
  readonly excerpt: string;
  readonly tags: readonly string[];
  /** BCP 47 language of the text. */
  readonly locale: string;
  readonly kind: WrittenPostKind;
  /** When it shall appear, by the site's own clock and as it was typed; empty for at once. */
  readonly appearAt: string;
}

interface PostDraftData {
  readonly postId: string;
  readonly draftId: string;
  /** Who began it. */
  readonly memberId: string;
}

/** Stream `post-draft-<draftId>`: what editors write before readers see it, until it is published or thrown away. */
export type PostDraftKept = Fact<'PostDraftKept.v1', PostDraftData, PostDraftContent>;
export type PostDraftDropped = Fact<'PostDraftDropped.v1', PostDraftData, null>;

export type PostDraftEvent = PostDraftKept | PostDraftDropped;

const STREAM = 'post-draft-<draftId>';

const DATA = {
  postId: 'The post that it is to become, or whose text it is to replace.',
  draftId: 'The draft: another one for each time that a post is written anew.',
  memberId: 'The member who began it, and with whose erasure its words go.',
};

export const POST_DRAFT_EVENTS: Catalogue<PostDraftEvent> = {
  'PostDraftKept.v1': {
    stream: STREAM,
    sentence: 'An unpublished text of a post was kept, for all editors; whoever wrote it is the actor.',
    data: DATA,
    personal: {
      title: 'Its title, or empty.',
      slug: 'The name in addresses that is wished, or empty.',
      body: 'The text so far as Markdown.',
      excerpt: 'The teaser as Markdown, or empty.',
      tags: 'Its tags, each once.',
      locale: 'The language of the text (BCP 47).',
      kind: '`article` or `newsletter`.',
      appearAt: 'When it shall appear, by the clock of the site, or empty for at once.',
    },
  },
  'PostDraftDropped.v1': {
    stream: STREAM,
    sentence: `An unpublished text of a post was published or thrown away. Its key is destroyed after this.`,
    data: DATA,
    personal: null,
  },
};
