import type { MemberProfile } from '../../../libs/client/index.ts';
import { DomainError, isUuid } from '../../../libs/kernel/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { commentsWrittenBy } from '../thread/door/counts.ts';
import type { Viewer } from '../viewer.ts';
import { MemberDirectory, type OpenedMember } from './door/member-directory.ts';
import { listMembers } from './member-list.ts';
import {
  CountWaitingMembers,
  GetAuthors,
  GetHeldRoles,
  GetMemberByHandle,
  GetMemberPage,
  GetOwnMember,
  GetWaitingMembers,
  ListMembers,
} from './members.query-types.ts';
import { presentMember, presentOwn } from './present-member.ts';

export const memberQueries = [
  answering(GetMemberByHandle, { members: MemberDirectory, views: VIEWS }, async ({ handle }, { members, views }) =>
    profileOf(await members.byHandle(handle), handle, views),
  ),
  answering(
    GetMemberPage,
    { members: MemberDirectory, views: VIEWS },
    async ({ handle, reader }, { members, views }) => {
      const member = await members.byHandle(handle);
      const isPublic = member?.pageHidden === false && member.membership === 'active';
      const isShown = member !== undefined && (isPublic || findsHidden(reader, member.memberId));
      return profileOf(isShown ? member : undefined, handle, views);
    },
  ),
  answering(GetOwnMember, { members: MemberDirectory }, async ({ memberId }, { members }) => {
    const member = await members.of(memberId);
    if (!member) throw new DomainError('member_not_found', 'There is no such member.');
    return presentOwn(member);
  }),
  answering(GetHeldRoles, { members: MemberDirectory }, async ({ memberId }, { members }) => {
    const member = await members.of(memberId);
    if (!member) throw new DomainError('member_not_found', 'There is no such member.');
    return member.heldRoles;
  }),
  answering(GetWaitingMembers, { members: MemberDirectory }, ({ most }, { members }) => members.waiting(most)),
  answering(CountWaitingMembers, { members: MemberDirectory }, (_, { members }) => members.waitingCount()),
  answering(GetAuthors, { members: MemberDirectory }, ({ memberIds }, { members }) =>
    members.authors(memberIds.filter(isUuid)),
  ),
  answering(ListMembers, { members: MemberDirectory, views: VIEWS }, (query, parts) => listMembers(query, parts)),
];

/** Throws DomainError member_not_found. */
function profileOf(member: OpenedMember | undefined, handle: string, views: Views): MemberProfile {
  if (!member) throw new DomainError('member_not_found', `Nobody here is called ${handle}.`);
  return { ...presentMember(member), commentCount: commentsWrittenBy(views, member.memberId) };
}

/** Whoever holds a role beside that of every member is staff. */
function findsHidden(reader: Viewer, memberId: string): boolean {
  return reader !== null && (reader.memberId === memberId || reader.roles.some((role) => role !== 'member'));
}
