/** The standing of an account's registration: only an active member contributes; the others read and wait. */
export const MEMBERSHIPS = ['active', 'waiting', 'refused'] as const;
/** The states by which members are listed: how they were let in, and what keeps them from taking part. */
export const MEMBER_STATES = ['active', 'waiting', 'refused', 'suspended', 'banned'] as const;
export type ListedState = (typeof MEMBER_STATES)[number];

export type Membership = (typeof MEMBERSHIPS)[number];

/** The provider of members who come with a token of the host blog. No OIDC provider can have this name. */
export const SSO_PROVIDER = 'sso';

/** Days for which an invitation counts. */
export const INVITATION_DAYS = { usual: 14, max: 90 } as const;

/** What became of an invitation; `void` while whoever made it is no admin, and once that account was taken back. */
export const INVITATION_STATES = ['open', 'used', 'withdrawn', 'expired', 'void'] as const;
export type InvitationOutcome = (typeof INVITATION_STATES)[number];
