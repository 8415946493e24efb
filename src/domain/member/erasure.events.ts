import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';
import { MEMBER_STREAM } from './member-stream.ts';

/** The account is no more: nothing is added to its stream after this. */
export type MemberErased = Fact<'MemberErased.v1', { readonly memberId: string; readonly erasureId: string }, null>;

export const MEMBER_ERASURE_EVENTS: Catalogue<MemberErased> = {
  'MemberErased.v1': {
    stream: MEMBER_STREAM,
    sentence:
      'The erasure of a member began: the account is no more, and all its sessions end. Its keys are destroyed after this.',
    data: { memberId: MEANING.member, erasureId: 'The erasure.' },
    personal: null,
  },
};
