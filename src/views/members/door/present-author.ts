import type { MemberAuthor } from '../../../../libs/client/index.ts';
import type { Standing } from '../members.query-types.ts';

/** The author that contributions show; roles beyond `member` are its badges. */
export function presentAuthor({ memberId, handle, displayName, roles }: Standing): MemberAuthor {
  const badges = roles.filter((role) => role !== 'member');
  return badges.length > 0
    ? { id: memberId, handle, displayName, roles: badges }
    : { id: memberId, handle, displayName };
}
