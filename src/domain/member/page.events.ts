import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';
import { MEMBER_STREAM } from './member-stream.ts';

export type MemberPageChosen = Fact<
  'MemberPageChosen.v1',
  { readonly memberId: string; readonly hidden: boolean },
  null
>;

export type MemberQuotingChosen = Fact<
  'MemberQuotingChosen.v1',
  { readonly memberId: string; readonly allowed: boolean },
  null
>;

export const MEMBER_PAGE_EVENTS: Catalogue<MemberPageChosen | MemberQuotingChosen> = {
  'MemberPageChosen.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member took its page away from everybody but staff, or gave it back.',
    data: { memberId: MEANING.member, hidden: 'Whether only staff and the member itself find the page.' },
    personal: null,
  },
  'MemberQuotingChosen.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member allowed newsletters to quote its comments, or took that back.',
    data: { memberId: MEANING.member, allowed: 'Whether newsletters may quote its comments; nobody may before.' },
    personal: null,
  },
};
