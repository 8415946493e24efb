import { type Fact, fieldsOf, type Upcasters } from '../../../libs/kernel/index.ts';
import type { OldCatalogue } from '../catalogue-entry.ts';
import {
  DISCUSSION_SETTINGS,
  DISCUSSION_STREAM,
  type DiscussionEvent,
  type DiscussionSettings,
} from './discussion.events.ts';

/** This version holds all settings, changed or not, and no reason. */
export type DiscussionChangedV1 = Fact<'DiscussionChanged.v1', DiscussionSettings & { readonly postId: string }, null>;

export type OldDiscussionEvent = DiscussionChangedV1;

export const discussionUpcasters: Upcasters<OldDiscussionEvent['type']> = {
  'DiscussionChanged.v1': ({ data, personal }) => ({
    type: 'DiscussionChanged.v2',
    data: { ...fieldsOf(data), reason: null },
    personal,
  }),
};

export const OLD_DISCUSSION_EVENTS: OldCatalogue<OldDiscussionEvent, DiscussionEvent> = {
  'DiscussionChanged.v1': {
    stream: DISCUSSION_STREAM,
    sentence: 'The settings of a discussion were changed: all are there, changed or not.',
    data: DISCUSSION_SETTINGS,
    personal: null,
    readAs: 'DiscussionChanged.v2',
  },
};
