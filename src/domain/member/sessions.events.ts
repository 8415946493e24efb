import type { Fact } from '../../../libs/kernel/index.ts';
import { SIGN_IN_WAYS, type SignInWay } from '../../../libs/words/index.ts';
import { anyOf, type Catalogue, MEANING } from '../catalogue-entry.ts';
import { MEMBER_STREAM } from './member-stream.ts';

/** The member signed in. The session ends at `expiresAt` at the latest. */
export type MemberSessionOpened = Fact<
  'MemberSessionOpened.v1',
  {
    readonly memberId: string;
    readonly sessionId: string;
    /** RFC 3339, UTC. */
    readonly expiresAt: string;
    readonly way: SignInWay;
  },
  /** The browser and system in few words, with the site on whose page a frame stands; empty when nothing is known. */
  { readonly device: string }
>;
/**
 * The member signed out. The session's token is refused from now on; it would have ended by itself at `expiresAt` at
 * the latest.
 */
export type MemberSessionEnded = Fact<
  'MemberSessionEnded.v1',
  { readonly memberId: string; readonly sessionId: string; readonly expiresAt: string },
  null
>;
/** Every session that was opened before this event has ended, except one; null for none. */
export type MemberSessionsEnded = Fact<
  'MemberSessionsEnded.v1',
  { readonly memberId: string; readonly except: string | null },
  null
>;

export type MemberSessionEvent = MemberSessionOpened | MemberSessionEnded | MemberSessionsEnded;

export const MEMBER_SESSION_EVENTS: Catalogue<MemberSessionEvent> = {
  'MemberSessionOpened.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member signed in: a session began.',
    data: {
      memberId: MEANING.member,
      sessionId: 'The session.',
      expiresAt: 'When the session is over at the latest (RFC 3339, UTC).',
      way: `How the member signed in: ${anyOf(SIGN_IN_WAYS)}.`,
    },
    personal: {
      device:
        'The browser and system in few words, with the site on whose page a frame stands; empty when nothing is known.',
    },
  },
  'MemberSessionEnded.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member signed out: the token of this session is refused from now on.',
    data: {
      memberId: MEANING.member,
      sessionId: 'The session.',
      expiresAt: 'When the session would have been over at the latest (RFC 3339, UTC).',
    },
    personal: null,
  },
  'MemberSessionsEnded.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member signed out on all other devices: the tokens of all sessions but one are refused from now on.',
    data: { memberId: MEANING.member, except: 'The session that goes on, or null for none.' },
    personal: null,
  },
};
