import { type Fact, fieldsOf, type Upcasters } from '../../../libs/kernel/index.ts';
import { COMMENT_STREAM, MEANING, type OldCatalogue } from '../catalogue-entry.ts';
import type { CommentEvent } from './comment.events.ts';

/** In this version readers found no trace of a held comment, nor of the answers to it. */
export type CommentHeldV1 = Fact<
  'CommentHeld.v1',
  { readonly commentId: string; readonly postId: string; readonly reasons: readonly string[] },
  null
>;

export type OldCommentEvent = CommentHeldV1;

export const commentUpcasters: Upcasters<OldCommentEvent['type']> = {
  'CommentHeld.v1': ({ data, personal }) => ({
    type: 'CommentHeld.v2',
    data: { ...fieldsOf(data), keepsPlace: false },
    personal,
  }),
};

export const OLD_COMMENT_EVENTS: OldCatalogue<OldCommentEvent, CommentEvent> = {
  'CommentHeld.v1': {
    stream: COMMENT_STREAM,
    sentence: 'A comment is kept from readers until somebody decides on it, and so are the answers to it.',
    data: {
      commentId: MEANING.comment,
      postId: MEANING.discussedPost,
      reasons: 'Why, in short words (`awaiting-approval-in-source`).',
    },
    personal: null,
    readAs: 'CommentHeld.v2',
  },
};
