import type { Fact } from '../../../libs/kernel/index.ts';
import type { Role } from '../../../libs/words/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';

/** Stream `invitation-<invitationId>`. The token itself stands in no event. */
export type InvitationMade = Fact<
  'InvitationMade.v1',
  {
    readonly invitationId: string;
    readonly roles: readonly Role[];
    readonly expiresAt: string;
    /** SHA-256 of the token's secret, in hex. */
    readonly hash: string;
    /** The language of the mail; absent where that of the forum was meant. */
    readonly locale?: string;
  },
  { readonly email: string | null; readonly note: string }
>;
/** An invitation has several of them when a node died between this and its mail. */
export type InvitationIssued = Fact<
  'InvitationIssued.v1',
  {
    readonly invitationId: string;
    /** SHA-256 of the secret in the mail, in hex. */
    readonly hash: string;
  },
  null
>;
type OfMember = { readonly invitationId: string; readonly memberId: string };
export type InvitationUsed = Fact<'InvitationUsed.v1', OfMember, null>;
export type InvitationGivenBack = Fact<'InvitationGivenBack.v1', OfMember, null>;
export type InvitationWithdrawn = Fact<'InvitationWithdrawn.v1', { readonly invitationId: string }, null>;

export type InvitationEvent =
  | InvitationMade
  | InvitationIssued
  | InvitationUsed
  | InvitationGivenBack
  | InvitationWithdrawn;

const STREAM = 'invitation-<invitationId>';
const INVITATION = 'The invitation.';

export const INVITATION_EVENTS: Catalogue<InvitationEvent> = {
  'InvitationMade.v1': {
    stream: STREAM,
    sentence: 'An admin invited somebody to register.',
    data: {
      invitationId: INVITATION,
      roles: 'The roles of whoever comes with it, besides `member`.',
      expiresAt: 'From then on nobody comes with it (RFC 3339, UTC).',
      hash: "SHA-256 of the token's secret, in hex; the token itself is recorded nowhere.",
      locale: 'The language of the mail, where the admin chose one; that of the forum otherwise.',
    },
    personal: {
      email: 'Whom it was made for, or null.',
      note: "The admin's own words about it; may be empty.",
    },
  },
  'InvitationIssued.v1': {
    stream: STREAM,
    sentence: 'The invitation went into a mail, whose link has a secret of its own.',
    data: { invitationId: INVITATION, hash: 'SHA-256 of the secret part of that link, in hex.' },
    personal: null,
  },
  'InvitationUsed.v1': {
    stream: STREAM,
    sentence: 'Somebody registered with an invitation, or is about to.',
    data: { invitationId: INVITATION, memberId: MEANING.member },
    personal: null,
  },
  'InvitationGivenBack.v1': {
    stream: STREAM,
    sentence: 'A registration with an invitation was refused after all: it can be used again.',
    data: { invitationId: INVITATION, memberId: 'Who did not come to be a member.' },
    personal: null,
  },
  'InvitationWithdrawn.v1': {
    stream: STREAM,
    sentence: 'An admin withdrew an invitation that nobody had used.',
    data: { invitationId: INVITATION },
    personal: null,
  },
};
