import {
  type CommandMeta,
  DomainError,
  type Remembered,
  sessionsEnded,
  signInFailed,
  unreachable,
} from '../../../libs/kernel/index.ts';
import { ONE_FACTOR_WAYS, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { textOf } from '../text.ts';
import type { MemberPasswordChanged } from './member.events.ts';
import type { PasskeyEvent } from './passkeys.events.ts';
import { type PasskeysState, useOfPasskey } from './passkeys.rules.ts';
import type { SecondFactorEvent } from './second-factor.events.ts';
import { type SecondFactorState, useOfCode } from './second-factor.rules.ts';
import type { EndOtherSessions, EndSession, OpenSession } from './sessions.commands.ts';
import type { MemberSessionEvent } from './sessions.events.ts';

interface KeptSession {
  readonly expiresAt: string;
  readonly revision: bigint;
  readonly ended: boolean;
}

/** A session as a text: a program that signs in again and again has thousands, which are read anew as texts in a quarter of the time. */
type SessionText = `${'ended' | 'open'} ${bigint} ${string}`;

function textOfSession({ ended, revision, expiresAt }: KeptSession): SessionText {
  return `${ended ? 'ended' : 'open'} ${revision} ${expiresAt}`;
}

function sessionIn(text: SessionText | undefined): KeptSession | undefined {
  if (text === undefined) return undefined;
  const [standing, revision = '', expiresAt = ''] = text.split(' ');
  return { ended: standing === 'ended', revision: BigInt(revision), expiresAt };
}

export interface MemberSessions {
  /** Sessions that are not over by themselves, ended ones too: an id is used once. */
  readonly kept: Map<string, SessionText>;
  /** All sessions before this revision have ended, but one; `by` is the event's id, null for none. */
  allEnded: { readonly revision: bigint; readonly except: string | null; readonly by: string | null };
}

export const noSessions = (): MemberSessions => ({
  kept: new Map(),
  allEnded: { revision: -1n, except: null, by: null },
});

export function evolveSessions(
  state: MemberSessions,
  fact: Remembered<MemberSessionEvent | MemberPasswordChanged>,
): void {
  const { revision, occurredAt, id: by } = fact.envelope;
  switch (fact.type) {
    case 'MemberSessionOpened.v1':
      forgetOver(state.kept, occurredAt);
      state.kept.set(fact.data.sessionId, textOfSession({ expiresAt: fact.data.expiresAt, revision, ended: false }));
      return;
    case 'MemberSessionEnded.v1': {
      const { sessionId, expiresAt } = fact.data;
      const { revision: opened } = sessionIn(state.kept.get(sessionId)) ?? { revision };
      state.kept.set(sessionId, textOfSession({ expiresAt, revision: opened, ended: true }));
      return;
    }
    case 'MemberSessionsEnded.v1':
      state.allEnded = { revision, except: fact.data.except, by };
      return;
    case 'MemberPasswordChanged.v1':
      state.allEnded = { revision, except: null, by };
      return;
    default:
      unreachable(fact);
  }
}

/** Sessions are over in the order in which they began, so the first that is not over ends the search. */
function forgetOver(kept: MemberSessions['kept'], now: string): void {
  for (const [sessionId, text] of kept) {
    if ((sessionIn(text)?.expiresAt ?? '') > now) return;
    kept.delete(sessionId);
  }
}

/**
 * Refuses a member whose session has ended, or whose sessions were all ended since it showed its way in: by a new password,
 * by its owner who took the account back, or from another device. Each command of a member to itself is asked so, in the
 * decision, so nothing that was under way comes after it. Throws DomainError
 * unauthenticated, and sessions_ended for one who is just coming in.
 */
export function requireShown({ shown }: CommandMeta, state: MemberSessions): void {
  if (shown === undefined) return;
  if ('lastEnd' in shown) {
    if (shown.lastEnd !== state.allEnded.by) throw sessionsEnded();
    return;
  }
  if (hasEnded(state, shown.session)) throw sessionEnded();
}

/** False for a session that began before sign-ins were recorded. */
function hasEnded({ kept, allEnded }: MemberSessions, sessionId: string): boolean {
  const own = sessionIn(kept.get(sessionId));
  if (own === undefined) return false;
  return own.ended || (own.revision < allEnded.revision && allEnded.except !== sessionId);
}

function sessionEnded(): DomainError {
  return new DomainError('unauthenticated', 'This session has ended. Sign in again.');
}

type Opened = MemberSessionEvent | SecondFactorEvent | PasskeyEvent;

/** What the rules of signing in read of a member. */
export interface SignInState {
  readonly sessions: MemberSessions;
  readonly secondFactor: SecondFactorState;
  readonly passkeys: PasskeysState;
}

/**
 * What was proved is recorded together with the session, so that no code and no signature opens two. A session's id
 * comes once: that of a passkey's session is made of its challenge.
 */
export function openSession({ data }: OpenSession, state: SignInState): readonly Opened[] {
  const { memberId, sessionId, expiresAt, way } = data;
  const device = textOf(data.device, 'device', TEXT_LIMITS.device);
  if (state.sessions.kept.has(sessionId)) throw signInFailed();
  const used = useOfProof(data, state);
  return [
    ...used,
    { type: 'MemberSessionOpened.v1', data: { memberId, sessionId, expiresAt, way }, personal: { device } },
  ];
}

function useOfProof({ memberId, way, proof }: OpenSession['data'], state: SignInState): readonly Opened[] {
  if (proof?.kind === 'passkey') return useOfPasskey(memberId, proof, state.passkeys, signInFailed);
  if (way === 'passkey') throw signInFailed();
  if (state.secondFactor.secret === null || !ONE_FACTOR_WAYS.includes(way)) return [];
  if (proof === null)
    throw new DomainError('second_factor_required', 'This account has a second factor: send its code.');
  return useOfCode(memberId, proof, state.secondFactor, secondFactorFailed);
}

export function endOneSession({ data }: EndSession, state: MemberSessions): readonly MemberSessionEvent[] {
  const { memberId, sessionId } = data;
  const expiresAt = data.expiresAt ?? sessionIn(state.kept.get(sessionId))?.expiresAt;
  if (expiresAt === undefined) throw new DomainError('session_not_found', 'There is no such session.');
  if (hasEnded(state, sessionId)) return [];
  return [{ type: 'MemberSessionEnded.v1', data: { memberId, sessionId, expiresAt }, personal: null }];
}

/** Two sessions that end each other at once: the first one in the log goes on. */
export function endOtherSessions({ data }: EndOtherSessions, state: MemberSessions): readonly MemberSessionEvent[] {
  const { memberId, sessionId: except } = data;
  if (except !== null && hasEnded(state, except)) throw sessionEnded();
  return [{ type: 'MemberSessionsEnded.v1', data: { memberId, except }, personal: null }];
}

export function secondFactorFailed(): DomainError {
  return new DomainError('second_factor_failed', 'The code is wrong, too old, or was used before.');
}
