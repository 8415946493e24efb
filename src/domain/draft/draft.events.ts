import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';

/** Where a text is written: below a post, as an answer to `parentId`, or in the place of the text of `commentId`. */
export interface DraftPlace {
  readonly postId: string;
  readonly parentId: string | null;
  readonly commentId: string | null;
}

/** The words of which the hash of a place is made. */
export function wordsOfPlace({ postId, parentId, commentId }: DraftPlace): readonly (string | null)[] {
  return ['draft', postId, parentId, commentId];
}

interface DraftData {
  readonly memberId: string;
  readonly draftId: string;
  readonly placeId: string;
}

/** Stream `draft-<draftId>`: one unsent text, from its first words until it is sent or thrown away. */
export type DraftKept = Fact<'DraftKept.v1', DraftData, DraftPlace & { readonly body: string }>;
export type DraftDropped = Fact<'DraftDropped.v1', DraftData, null>;

export type DraftEvent = DraftKept | DraftDropped;

const DATA = {
  memberId: MEANING.member,
  draftId: 'The draft.',
  placeId: 'The place where it is written, as a hash that tells the forum alone which one.',
};

export const DRAFT_EVENTS: Catalogue<DraftEvent> = {
  'DraftKept.v1': {
    stream: 'draft-<draftId>',
    sentence: 'An unsent text was kept for the other devices of its writer, after a pause.',
    data: DATA,
    personal: {
      postId: MEANING.discussedPost,
      parentId: 'The comment that it answers, or null.',
      commentId: 'The comment whose text it is to replace, or null.',
      body: 'The text so far.',
    },
  },
  'DraftDropped.v1': {
    stream: 'draft-<draftId>',
    sentence: 'An unsent text was sent or thrown away. Its key is destroyed after this.',
    data: DATA,
    personal: null,
  },
};
