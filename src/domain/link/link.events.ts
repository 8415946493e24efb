import type { Fact } from '../../../libs/kernel/index.ts';
import { anyOf, type Catalogue } from '../catalogue-entry.ts';

/** What the mailed link allows, once. */
export const LINK_PURPOSES = ['confirm', 'reset', 'sign-in', 'way-back', 'change-email', 'stay'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/**
 * Stream `link-<linkId>`. A request by address records the address alone: nobody looks whether it has an account before
 * the answer is sent, so that neither time nor positions tell.
 */
export type LinkRequested = Fact<
  'LinkRequested.v1',
  {
    readonly linkId: string;
    readonly purpose: LinkPurpose;
    readonly expiresAt: string;
    /** When the change happened that a way back undoes, or the erasure was asked for that a member takes back; else null. */
    readonly since: string | null;
  },
  {
    readonly memberId: string | null;
    readonly email: string | null;
    readonly next: string | null;
  }
>;

/** A link has several of them when a node died between this and its mail. */
export type LinkIssued = Fact<
  'LinkIssued.v1',
  { readonly linkId: string; readonly hash: string },
  { readonly memberId: string }
>;

export type LinkUsed = Fact<'LinkUsed.v1', { readonly linkId: string }, null>;

export type LinkEvent = LinkRequested | LinkIssued | LinkUsed;

const LINK_STREAM = 'link-<linkId>';
const LINK = 'The link.';

export const LINK_EVENTS: Catalogue<LinkEvent> = {
  'LinkRequested.v1': {
    stream: LINK_STREAM,
    sentence:
      'Somebody asked for a link by mail, for an address with an account or without one; or a change of a way to sign in, or an erasure that was asked for, is told with a way back.',
    data: {
      linkId: LINK,
      purpose: `What the link allows, once: ${anyOf(LINK_PURPOSES)}.`,
      expiresAt: 'The moment from which the link allows nothing any more (RFC 3339, UTC).',
      since:
        'For a way back, when the change happened that it undoes; for `stay`, when the erasure was asked for that it takes back (RFC 3339, UTC); null otherwise.',
    },
    personal: {
      memberId: 'The member for whom it was asked; null when only an address was given.',
      email: 'The address that was given; null when the member is known and the mail goes to its own.',
      next: 'The path of this forum to go to afterwards, or null.',
    },
  },
  'LinkIssued.v1': {
    stream: LINK_STREAM,
    sentence: 'The link went into a mail, or into none when the address has no account.',
    data: { linkId: LINK, hash: 'SHA-256 of the secret part of the link, in hex.' },
    personal: { memberId: 'The member whom the link serves; the id of nobody when the address has no account.' },
  },
  'LinkUsed.v1': {
    stream: LINK_STREAM,
    sentence: 'The link was used and allows nothing any more.',
    data: { linkId: LINK },
    personal: null,
  },
};
