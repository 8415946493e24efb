import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';
import { MEMBER_STREAM } from './member-stream.ts';

export type MemberPageChosen = Fact<
  'MemberPageChosen.v1',
  { readonly memberId: string; readonly hidden: boolean },
  null
>;

export const MEMBER_PAGE_EVENTS: Catalogue<MemberPageChosen> = {
  'MemberPageChosen.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member took its page away from everybody but staff, or gave it back.',
    data: { memberId: MEANING.member, hidden: 'Whether only staff and the member itself find the page.' },
    personal: null,
  },
};
