import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';
import { MEMBER_STREAM } from './member-stream.ts';

/** The member opened a link that was sent to its address: the reservation `confirmed-<hmac>` is its own. */
export type EmailConfirmed = Fact<'EmailConfirmed.v1', { readonly memberId: string }, null>;

/** The new address is confirmed: its reservation `confirmed-<hmac>` is the member's own. */
export type EmailChanged = Fact<
  'EmailChanged.v1',
  {
    readonly memberId: string;
    /** Whether the former address was confirmed, so that its owner is given a way back. */
    readonly formerConfirmed: boolean;
    /** True when the owner took the account back, with the address that it had before. */
    readonly takenBack: boolean;
  },
  { readonly email: string; readonly former: string | null }
>;

/**
 * The member wants another address, to which a link goes. The wish ends with the next one, with a new password, and when the
 * member is signed out on its devices.
 */
export type EmailChangeAsked = Fact<
  'EmailChangeAsked.v1',
  { readonly memberId: string; readonly linkId: string; readonly expiresAt: string },
  { readonly email: string }
>;

export type EmailChangeDropped = Fact<'EmailChangeDropped.v1', { readonly memberId: string }, null>;

export type AddressEvent = EmailConfirmed | EmailChanged | EmailChangeAsked | EmailChangeDropped;

export const ADDRESS_EVENTS: Catalogue<AddressEvent> = {
  'EmailConfirmed.v1': {
    stream: MEMBER_STREAM,
    sentence:
      'A member opened a link that was sent to its e-mail address; the reservation `confirmed-<hmac>` says that no other has confirmed it.',
    data: { memberId: MEANING.member },
    personal: null,
  },
  'EmailChangeAsked.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member wants another e-mail address; a link goes to that one, and a notice to the present one.',
    data: {
      memberId: MEANING.member,
      linkId: 'The link.',
      expiresAt: 'When the wish is over if the link was not opened (RFC 3339, UTC).',
    },
    personal: { email: 'The address that is wanted.' },
  },
  'EmailChangeDropped.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member gave up the e-mail address that it wanted.',
    data: { memberId: MEANING.member },
    personal: null,
  },
  'EmailChanged.v1': {
    stream: MEMBER_STREAM,
    sentence:
      'A member opened a link that was sent to the e-mail address that it wants, which is its confirmed address from now on; or it took its account back, with the address from before.',
    data: {
      memberId: MEANING.member,
      formerConfirmed: 'Whether the former address was confirmed.',
      takenBack: 'Whether the member took its account back, by the link of a mail that told of a change.',
    },
    personal: { email: 'The address now.', former: 'The address before, or null.' },
  },
};
