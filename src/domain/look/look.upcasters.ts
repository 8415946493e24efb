import { fieldsOf, type Upcasters } from '../../../libs/kernel/index.ts';
import type { OldCatalogue } from '../catalogue-entry.ts';
import { type HiddenSeenV1, LOOK_DATA, LOOK_STREAM, type LookEvent } from './look.events.ts';

export type OldLookEvent = HiddenSeenV1;

export const lookUpcasters: Upcasters<OldLookEvent['type']> = {
  'HiddenSeen.v1': ({ data, personal }) => {
    const { comments, ...rest } = { comments: [], ...fieldsOf(data) };
    const texts = [...comments].map((commentId) => ({ commentId, revision: null }));
    return { type: 'HiddenSeen.v2', data: { ...rest, texts }, personal };
  },
};

export const OLD_LOOK_EVENTS: OldCatalogue<OldLookEvent, LookEvent> = {
  'HiddenSeen.v1': {
    stream: LOOK_STREAM,
    sentence:
      'The same, without saying which text of a comment was shown; the same person and comment within 15 minutes counted once.',
    data: { ...LOOK_DATA, comments: 'The hidden comments that were shown, 500 at most.' },
    personal: null,
    readAs: 'HiddenSeen.v2',
  },
};
