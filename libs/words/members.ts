/** The standing of an account's registration: only an active member contributes; the others read and wait. */
export const MEMBERSHIPS = ['active', 'waiting', 'refused'] as const;
export type Membership = (typeof MEMBERSHIPS)[number];

/** The provider of members who come with a token of the host blog. No OIDC provider can have this name. */
export const SSO_PROVIDER = 'sso';
