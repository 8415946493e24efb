import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';
import { MEMBER_STREAM } from './member-stream.ts';

export type MemberApproved = Fact<'MemberApproved.v1', { readonly memberId: string }, null>;
export type MemberRefused = Fact<'MemberRefused.v1', { readonly memberId: string }, { readonly reason: string }>;

export type MembershipEvent = MemberApproved | MemberRefused;

export const MEMBERSHIP_EVENTS: Catalogue<MembershipEvent> = {
  'MemberApproved.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A moderator or admin let in a member that waited, or that was refused before.',
    data: { memberId: MEANING.member },
    personal: null,
  },
  'MemberRefused.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A moderator or admin refused a member that waited: the account reads, and contributes nothing.',
    data: { memberId: MEANING.member },
    personal: { reason: 'What the member is told; may be empty.' },
  },
};
