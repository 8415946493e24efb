import { type Fact, fieldsOf, type Upcasters } from '../../../libs/kernel/index.ts';
import type { PostAddressesKept } from './post.events.ts';

/** What tags were called was not kept. */
export type PostAddressesKeptV1 = Fact<'PostAddressesKept.v1', Omit<PostAddressesKept['data'], 'tagNames'>, null>;

export type OldPostEvent = PostAddressesKeptV1;

export const postUpcasters: Upcasters<OldPostEvent['type']> = {
  'PostAddressesKept.v1': ({ data, personal }) => ({
    type: 'PostAddressesKept.v2',
    data: { ...fieldsOf(data), tagNames: [] },
    personal,
  }),
};
