import { type Fact, fieldsOf, type Upcasters } from '../../../libs/kernel/index.ts';
import type { DiscussionSettings } from './discussion.events.ts';

/** All settings, changed or not; nobody could say why. */
export type DiscussionChangedV1 = Fact<'DiscussionChanged.v1', DiscussionSettings & { readonly postId: string }, null>;

export type OldDiscussionEvent = DiscussionChangedV1;

export const discussionUpcasters: Upcasters<OldDiscussionEvent['type']> = {
  'DiscussionChanged.v1': ({ data, personal }) => ({
    type: 'DiscussionChanged.v2',
    data: { ...fieldsOf(data), reason: null },
    personal,
  }),
};
