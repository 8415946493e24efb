import type { Fact } from '../../../libs/kernel/index.ts';
import type { Membership, Role } from '../../../libs/words/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';
import { ADDRESS_EVENTS, type AddressEvent } from './address.events.ts';
import { MEMBER_ERASURE_EVENTS, type MemberErased } from './erasure.events.ts';
import { MEMBER_STREAM } from './member-stream.ts';
import { MEMBERSHIP_EVENTS, type MembershipEvent } from './membership.events.ts';
import {
  MEMBER_PAGE_EVENTS,
  type MemberLanguagesChosen,
  type MemberPageChosen,
  type MemberQuotingChosen,
  type MemberTranslationsChosen,
} from './page.events.ts';
import { PASSKEY_EVENTS, type PasskeyEvent } from './passkeys.events.ts';
import { PROVIDER_EVENTS, type ProviderEvent } from './provider.events.ts';
import { type MemberScreened, SCREENING_EVENTS } from './screening.events.ts';
import { SECOND_FACTOR_EVENTS, type SecondFactorEvent } from './second-factor.events.ts';
import { MEMBER_SESSION_EVENTS, type MemberSessionEvent } from './sessions.events.ts';
import { type AccountTakenBack, TAKE_BACK_EVENTS } from './take-back.events.ts';

/** Stream `member-<memberId>`. Every member holds the role `member`. */
export type MemberRegistered = Fact<
  'MemberRegistered.v2',
  {
    readonly memberId: string;
    /** As the member wrote it; unique when folded. */
    readonly handle: string;
    readonly locale: string;
    readonly roles: readonly Role[];
    readonly emailReserved: boolean;
    readonly membership: Exclude<Membership, 'refused'>;
    readonly invitationId: string | null;
  },
  {
    readonly displayName: string;
    /** Null for a member of the host blog whose token had none. */
    readonly email: string | null;
    /** argon2id in PHC form; null for a member who signs in by other ways. */
    readonly passwordHash: string | null;
  }
>;
export type MemberRolesChanged = Fact<
  'MemberRolesChanged.v1',
  { readonly memberId: string; readonly roles: readonly Role[] },
  null
>;
export type MemberRenamed = Fact<'MemberRenamed.v1', { readonly memberId: string }, { readonly displayName: string }>;
export type MemberLocaleChanged = Fact<
  'MemberLocaleChanged.v1',
  { readonly memberId: string; readonly locale: string },
  null
>;
/** Every session signed before this moment ends. */
export type MemberPasswordChanged = Fact<
  'MemberPasswordChanged.v1',
  { readonly memberId: string },
  { readonly passwordHash: string }
>;

/**
 * A name that was reserved for this member was given to another before the member registered, since it took too long.
 * The member can no longer register under it.
 */
export type MemberNameLost = Fact<'MemberNameLost.v1', { readonly memberId: string; readonly name: string }, null>;

export type MemberEvent =
  | MemberRegistered
  | MemberRolesChanged
  | MemberRenamed
  | MemberLocaleChanged
  | MemberPasswordChanged
  | MemberNameLost
  | MemberPageChosen
  | MemberQuotingChosen
  | MemberLanguagesChosen
  | MemberTranslationsChosen
  | MemberErased
  | AddressEvent
  | ProviderEvent
  | MembershipEvent
  | MemberScreened
  | MemberSessionEvent
  | SecondFactorEvent
  | PasskeyEvent
  | AccountTakenBack;

/** What the fields of a registration mean in every version. */
export const REGISTRATION_FIELDS = {
  memberId: MEANING.member,
  handle:
    'As the member wrote it; unique when folded, by the reservation `handle-<folded>`; since `skeleton-<look>` is reserved too, none looks like it.',
  locale: 'The language of the interface (BCP 47).',
  roles: 'What the member may do; always with `member`.',
  emailReserved:
    'Whether a name is reserved for the e-mail address. It is false without an address; an old log has false where another member had it, too.',
};

export const MEMBER_EVENTS: Catalogue<MemberEvent> = {
  'MemberRegistered.v2': {
    stream: MEMBER_STREAM,
    sentence: 'A person became a member.',
    data: {
      ...REGISTRATION_FIELDS,
      membership: '`active`, or `waiting` where the forum lets people in one by one.',
      invitationId: 'The invitation that the person came with, or null.',
    },
    personal: {
      displayName: 'The name that readers see.',
      email: 'The e-mail address, or null.',
      passwordHash: 'argon2id in PHC form, or null for a member who signs in by other ways.',
    },
  },
  'MemberRolesChanged.v1': {
    stream: MEMBER_STREAM,
    sentence: 'An admin gave or took roles.',
    data: { memberId: MEANING.member, roles: 'All roles now.' },
    personal: null,
  },
  'MemberRenamed.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member chose another display name.',
    data: { memberId: MEANING.member },
    personal: { displayName: 'The new name that readers see.' },
  },
  'MemberLocaleChanged.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member chose another language of the interface.',
    data: { memberId: MEANING.member, locale: 'The new language (BCP 47).' },
    personal: null,
  },
  'MemberPasswordChanged.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member chose another password; every session that was signed before ends.',
    data: { memberId: MEANING.member },
    personal: { passwordHash: 'argon2id in PHC form.' },
  },
  'MemberNameLost.v1': {
    stream: MEMBER_STREAM,
    sentence:
      'A name that was reserved for a member was given to another, since the member had not come within a minute; it cannot come with that name any more.',
    data: { memberId: MEANING.member, name: MEANING.lostName },
    personal: null,
  },
  ...MEMBER_PAGE_EVENTS,
  ...MEMBER_ERASURE_EVENTS,
  ...ADDRESS_EVENTS,
  ...PROVIDER_EVENTS,
  ...MEMBERSHIP_EVENTS,
  ...SCREENING_EVENTS,
  ...MEMBER_SESSION_EVENTS,
  ...SECOND_FACTOR_EVENTS,
  ...PASSKEY_EVENTS,
  ...TAKE_BACK_EVENTS,
};
