import { DomainError, foldName } from '../../../libs/kernel/index.ts';

/** The streams that reserve names. */
export const FOUNDER = 'founder';
/** Held by each admin who is on the way out, so that two who take the role from each other meet. */
export const LEAVING_ADMINS = 'leaving-admins';
const CONFIRMED = 'confirmed-';

export function handleName(handle: string): string {
  return `handle-${foldName(handle)}`;
}

/** `skeleton` is the look of a handle (see `skeletonsOf`): handles that cannot be told apart ask for the same name. */
export function skeletonName(skeleton: string): string {
  return `skeleton-${skeleton}`;
}

/** `hmac` is the keyed hash of the folded address, in hex, since the log must not tell who has an account. */
export function emailName(hmac: string): string {
  return `email-${hmac}`;
}

/** Held by the one member who has confirmed the address; `hmac` as for `emailName`, of another kind. */
export function confirmedName(hmac: string): string {
  return `${CONFIRMED}${hmac}`;
}

/** `hmac` is the keyed hash of a subject at a provider, in hex, since the log must not tell who has an account. */
export function providerName(hmac: string): string {
  return `provider-${hmac}`;
}

/** Held by the one member who has this passkey; `hmac` is the keyed hash of its credential id, in hex. */
export function passkeyName(hmac: string): string {
  return `passkey-${hmac}`;
}

/**
 * Held by the one request that has used a token of the host blog, or an answer of a provider, or by the member whom somebody's
 * coming from a provider has made; `hmac` is the keyed hash of its `jti`, its state or its id.
 */
export function ssoTokenName(hmac: string): string {
  return `sso-${hmac}`;
}

/** Held by what a proof of work was given for; `hash` tells the proof's puzzle from all others. */
export function proofName(hash: string): string {
  return `proof-${hash}`;
}

export function slugName(slug: string): string {
  return `slug-${slug}`;
}

/** Held by the post that stands for a page of another site; `hash` is the SHA-256 of its address, in hex. */
export function pageName(hash: string): string {
  return `page-${hash}`;
}

export function turnName(postId: string, memberId: string): string {
  return `turn-${postId}-${memberId}`;
}

/** The refusal for whatever would leave the forum without an admin. */
export function lastAdmin(): DomainError {
  return new DomainError(
    'last_admin',
    'This is the forum’s last admin: make another member admin first, or nobody could look after the forum.',
  );
}

/** The refusal for a name that another holds. */
export function nameTaken(name: string): DomainError {
  if (name.startsWith('handle-')) {
    return new DomainError('handle_taken', 'This handle is taken.', [{ field: 'handle', message: 'is taken' }]);
  }
  if (name.startsWith('skeleton-')) {
    const message = 'is taken, or cannot be told apart from one that is';
    return new DomainError('handle_taken', `This handle ${message}.`, [{ field: 'handle', message }]);
  }
  if (name.startsWith(CONFIRMED)) {
    return new DomainError('email_taken', 'Another account has confirmed this e-mail address.');
  }
  if (name.startsWith('slug-')) {
    const message = 'is taken by another post';
    return new DomainError('slug_taken', `This address ${message}.`, [{ field: 'slug', message }]);
  }
  return new DomainError('conflict', 'This is taken already.');
}
