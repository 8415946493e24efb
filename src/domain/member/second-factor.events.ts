import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';
import { MEMBER_STREAM } from './member-stream.ts';

/** A secret was shown to the member; it counts once a code made of it comes back. */
export type SecondFactorOffered = Fact<
  'SecondFactorOffered.v1',
  { readonly memberId: string },
  /** TOTP (RFC 6238), 160 bits in base32. */
  { readonly secret: string }
>;
/** From now on a password or a link by mail needs a code of this secret too. */
export type SecondFactorTurnedOn = Fact<
  'SecondFactorTurnedOn.v1',
  { readonly memberId: string },
  { readonly secret: string }
>;
/** By the member itself, or by an admin for one who lost the phone and the recovery codes: the actor tells. */
export type SecondFactorTurnedOff = Fact<'SecondFactorTurnedOff.v1', { readonly memberId: string }, null>;
/** A code was accepted; no code of this time step or an earlier one is accepted again. */
export type SecondFactorUsed = Fact<
  'SecondFactorUsed.v1',
  {
    readonly memberId: string;
    /** Half minutes since 1970. */
    readonly step: number;
  },
  null
>;
/** These codes replace all earlier ones. */
export type RecoveryCodesMade = Fact<
  'RecoveryCodesMade.v1',
  { readonly memberId: string },
  /** SHA-256 of each code, in hex. */
  { readonly hashes: readonly string[] }
>;
export type RecoveryCodeUsed = Fact<
  'RecoveryCodeUsed.v1',
  {
    readonly memberId: string;
    /** The place of the code in the newest list. */
    readonly index: number;
  },
  null
>;

export type SecondFactorEvent =
  | SecondFactorOffered
  | SecondFactorTurnedOn
  | SecondFactorTurnedOff
  | SecondFactorUsed
  | RecoveryCodesMade
  | RecoveryCodeUsed;

export const SECOND_FACTOR_EVENTS: Catalogue<SecondFactorEvent> = {
  'SecondFactorOffered.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member was shown a secret for codes; it counts once a code made of it comes back.',
    data: { memberId: MEANING.member },
    personal: { secret: 'The secret (TOTP, RFC 6238) in base32.' },
  },
  'SecondFactorTurnedOn.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member turned the second factor on: a password alone signs nobody in any more.',
    data: { memberId: MEANING.member },
    personal: { secret: 'The secret (TOTP, RFC 6238) in base32.' },
  },
  'SecondFactorTurnedOff.v1': {
    stream: MEMBER_STREAM,
    sentence: 'The second factor was turned off, by the member or by an admin.',
    data: { memberId: MEANING.member },
    personal: null,
  },
  'SecondFactorUsed.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A code of the second factor was accepted; neither it nor an earlier one is accepted again.',
    data: { memberId: MEANING.member, step: 'The time of the code, in half minutes since 1970.' },
    personal: null,
  },
  'RecoveryCodesMade.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member got new recovery codes; earlier ones are accepted no more.',
    data: { memberId: MEANING.member },
    personal: { hashes: 'SHA-256 of each code, in hex.' },
  },
  'RecoveryCodeUsed.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A recovery code was accepted in place of a code; it is not accepted again.',
    data: { memberId: MEANING.member, index: 'The place of the code in the newest list, from 0.' },
    personal: null,
  },
};
