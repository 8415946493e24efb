import { type Fact, fieldsOf, type Upcasters } from '../../../libs/kernel/index.ts';
import type { OldCatalogue } from '../catalogue-entry.ts';
import { OLD_ADDRESSES, POST_STREAM, type PostAddressesKept, type PostEvent } from './post.events.ts';

/** This version did not keep the names of tags. */
export type PostAddressesKeptV1 = Fact<'PostAddressesKept.v1', Omit<PostAddressesKept['data'], 'tagNames'>, null>;

export type OldPostEvent = PostAddressesKeptV1;

export const postUpcasters: Upcasters<OldPostEvent['type']> = {
  'PostAddressesKept.v1': ({ data, personal }) => ({
    type: 'PostAddressesKept.v2',
    data: { ...fieldsOf(data), tagNames: [] },
    personal,
  }),
};

export const OLD_POST_EVENTS: OldCatalogue<OldPostEvent, PostEvent> = {
  'PostAddressesKept.v1': {
    stream: POST_STREAM,
    sentence: 'An import told at which addresses a post was found where it came from; they lead to it now.',
    data: OLD_ADDRESSES,
    personal: null,
    readAs: 'PostAddressesKept.v2',
  },
};
