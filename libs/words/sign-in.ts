/**
 * The ways in which a session begins. `registration` is the session of one who has just registered, `new-password` that of one who has just changed it, `provider` an OpenID
 * provider, `sso` a token of the host blog, `demo` the one click of the demo, `frame` a code that a session here gave to a frame on another site's page.
 */
export const SIGN_IN_WAYS = [
  'password',
  'link',
  'passkey',
  'provider',
  'sso',
  'registration',
  'new-password',
  'demo',
  'frame',
] as const;
export type SignInWay = (typeof SIGN_IN_WAYS)[number];

/** The ways that prove one factor alone: a member with a second factor is asked for it too. */
export const ONE_FACTOR_WAYS: readonly SignInWay[] = ['password', 'link'];

/** The recovery codes of a second factor, made anew all at once. */
export const RECOVERY_CODES = 10;

/** The most passkeys of a member. */
export const MOST_PASSKEYS = 20;
