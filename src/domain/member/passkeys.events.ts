import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';
import { MEMBER_STREAM } from './member-stream.ts';

/** A key with which the member signs in without a password (WebAuthn level 2). */
export type PasskeyAdded = Fact<
  'PasskeyAdded.v1',
  { readonly memberId: string; readonly passkeyId: string },
  {
    /** The member's own name for it. */
    readonly name: string;
    /** In base64url. */
    readonly credentialId: string;
    /** COSE, in base64url. */
    readonly publicKey: string;
    readonly counter: number;
    /** The ways to reach the authenticator, as the browser names them. */
    readonly transports: readonly string[];
  }
>;
export type PasskeyRemoved = Fact<'PasskeyRemoved.v1', { readonly memberId: string; readonly passkeyId: string }, null>;
/** Only for keys that count their uses; a lower count later tells of a copied key. */
export type PasskeyUsed = Fact<
  'PasskeyUsed.v1',
  { readonly memberId: string; readonly passkeyId: string; readonly counter: number },
  null
>;

export type PasskeyEvent = PasskeyAdded | PasskeyRemoved | PasskeyUsed;

export const PASSKEY_EVENTS: Catalogue<PasskeyEvent> = {
  'PasskeyAdded.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member added a passkey, with which it signs in without a password.',
    data: { memberId: MEANING.member, passkeyId: 'The passkey.' },
    personal: {
      name: "The member's own name for it.",
      credentialId: 'The id that the authenticator gave it, in base64url.',
      publicKey: 'The public key (COSE), in base64url.',
      counter: 'How often the authenticator had used it; 0 for one that does not count.',
      transports: 'The ways to reach the authenticator, as the browser names them.',
    },
  },
  'PasskeyRemoved.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member removed a passkey; it signs nobody in any more.',
    data: { memberId: MEANING.member, passkeyId: 'The passkey.' },
    personal: null,
  },
  'PasskeyUsed.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A passkey that counts its uses signed a member in.',
    data: {
      memberId: MEANING.member,
      passkeyId: 'The passkey.',
      counter: 'How often the authenticator has used it; a count that does not rise tells of a copied key.',
    },
    personal: null,
  },
};
