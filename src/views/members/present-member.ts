import type { Member, OwnMember } from '../../../libs/client/index.ts';
import type { OpenedMember } from './door/member-directory.ts';

export function presentMember({ memberId, handle, displayName, roles, locale, createdAt }: OpenedMember): Member {
  return { id: memberId, handle, displayName, roles, locale, createdAt };
}

/** With the address, which is for the member itself and for admins. */
export function presentOwn(member: OpenedMember): OwnMember {
  const { email, emailConfirmed, pendingEmail, membership: state } = member;
  const own = {
    ...presentMember(member),
    email,
    emailConfirmed,
    state,
    ...(member.pageHidden && { pageHidden: true as const }),
    ...(member.reads && { reads: member.reads }),
    ...(member.translationsShown && { translationsShown: member.translationsShown }),
    ...(member.mayBeQuoted && { mayBeQuoted: true as const }),
  };
  return pendingEmail === null ? own : { ...own, pendingEmail };
}
