import { DomainError, isUuid } from '../../../libs/kernel/index.ts';
import { VIEWS } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { commentsWrittenBy } from '../thread/door/counts.ts';
import { MemberDirectory } from './door/member-directory.ts';
import { listMembers } from './member-list.ts';
import {
  CountWaitingMembers,
  GetAuthors,
  GetMemberByHandle,
  GetOwnMember,
  GetWaitingMembers,
  ListMembers,
} from './members.query-types.ts';
import { presentMember, presentOwn } from './present-member.ts';

export const memberQueries = [
  answering(GetMemberByHandle, { members: MemberDirectory, views: VIEWS }, async ({ handle }, { members, views }) => {
    const member = await members.byHandle(handle);
    if (!member) throw new DomainError('member_not_found', `Nobody here is called ${handle}.`);
    return { ...presentMember(member), commentCount: commentsWrittenBy(views, member.memberId) };
  }),
  answering(GetOwnMember, { members: MemberDirectory }, async ({ memberId }, { members }) => {
    const member = await members.of(memberId);
    if (!member) throw new DomainError('member_not_found', 'There is no such member.');
    return presentOwn(member);
  }),
  answering(GetWaitingMembers, { members: MemberDirectory }, ({ most }, { members }) => members.waiting(most)),
  answering(CountWaitingMembers, { members: MemberDirectory }, (_, { members }) => members.waitingCount()),
  answering(GetAuthors, { members: MemberDirectory }, ({ memberIds }, { members }) =>
    members.authors(memberIds.filter(isUuid)),
  ),
  answering(ListMembers, { members: MemberDirectory, views: VIEWS }, (query, parts) => listMembers(query, parts)),
];
