import { fieldsOf, type Upcasters } from '../../../libs/kernel/index.ts';
import type { HiddenSeenV1 } from './look.events.ts';

export type OldLookEvent = HiddenSeenV1;

export const lookUpcasters: Upcasters<OldLookEvent['type']> = {
  'HiddenSeen.v1': ({ data, personal }) => {
    const { comments, ...rest } = { comments: [], ...fieldsOf(data) };
    const texts = [...comments].map((commentId) => ({ commentId, revision: null }));
    return { type: 'HiddenSeen.v2', data: { ...rest, texts }, personal };
  },
};
