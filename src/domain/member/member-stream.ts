/** The stream of the events of a member, as the catalogue names it. */
export const MEMBER_STREAM = 'member-<memberId>';
