import { type Fact, fieldsOf, type Upcasters } from '../../../libs/kernel/index.ts';

/** Readers found nothing of what was held, nor of the answers to it. */
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
