import { type Fact, fieldsOf, type Upcasters } from '../../../libs/kernel/index.ts';
import type { OldCatalogue } from '../catalogue-entry.ts';
import { type MemberEvent, type MemberRegistered, REGISTRATION_FIELDS } from './member.events.ts';
import { MEMBER_STREAM } from './member-stream.ts';

/** Every member of this version had an address and a password, and was let in at once. */
export type MemberRegisteredV1 = Fact<
  'MemberRegistered.v1',
  Omit<MemberRegistered['data'], 'membership' | 'invitationId'>,
  { readonly displayName: string; readonly email: string; readonly passwordHash: string }
>;

export type OldMemberEvent = MemberRegisteredV1;

export const memberUpcasters: Upcasters<OldMemberEvent['type']> = {
  'MemberRegistered.v1': ({ data, personal }) => ({
    type: 'MemberRegistered.v2',
    data: { ...fieldsOf(data), membership: 'active', invitationId: null },
    personal,
  }),
};

export const OLD_MEMBER_EVENTS: OldCatalogue<OldMemberEvent, MemberEvent> = {
  'MemberRegistered.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A person became a member, with an e-mail address and a password.',
    data: REGISTRATION_FIELDS,
    personal: {
      displayName: 'The name that readers see.',
      email: 'The e-mail address.',
      passwordHash: 'argon2id in PHC form.',
    },
    readAs: 'MemberRegistered.v2',
  },
};
