import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Member, MemberAuthor, MemberProfile, OwnMember } from '../../../libs/client/index.ts';
import { DomainError, isUuid } from '../../../libs/kernel/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { commentsWrittenBy } from '../thread/door/counts.ts';
import { type KnownMember, MemberDirectory } from './door/member-directory.ts';
import { GetAuthors, GetMemberByHandle, GetOwnMember } from './members.query-types.ts';

@QueryHandler(GetMemberByHandle)
export class GetMemberByHandleHandler implements IQueryHandler<GetMemberByHandle> {
  readonly #members: MemberDirectory;
  readonly #views: Views;

  constructor(@Inject(MemberDirectory) members: MemberDirectory, @Inject(VIEWS) views: Views) {
    this.#members = members;
    this.#views = views;
  }

  async execute({ handle }: GetMemberByHandle): Promise<MemberProfile> {
    const member = await this.#members.byHandle(handle);
    if (!member) throw new DomainError('member_not_found', `Nobody here is called ${handle}.`);
    return { ...presentMember(member), commentCount: commentsWrittenBy(this.#views, member.memberId) };
  }
}

@QueryHandler(GetOwnMember)
export class GetOwnMemberHandler implements IQueryHandler<GetOwnMember> {
  readonly #members: MemberDirectory;

  constructor(@Inject(MemberDirectory) members: MemberDirectory) {
    this.#members = members;
  }

  async execute({ memberId }: GetOwnMember): Promise<OwnMember> {
    const member = await this.#members.of(memberId);
    if (!member) throw new DomainError('member_not_found', 'There is no such member.');
    return { ...presentMember(member), email: member.email };
  }
}

@QueryHandler(GetAuthors)
export class GetAuthorsHandler implements IQueryHandler<GetAuthors> {
  readonly #members: MemberDirectory;

  constructor(@Inject(MemberDirectory) members: MemberDirectory) {
    this.#members = members;
  }

  execute({ memberIds }: GetAuthors): Promise<ReadonlyMap<string, MemberAuthor | null>> {
    return this.#members.authors(memberIds.filter(isUuid));
  }
}

function presentMember({ memberId, handle, displayName, roles, locale, createdAt }: KnownMember): Member {
  return { id: memberId, handle, displayName, roles, locale, createdAt };
}
