import { randomUUID } from 'node:crypto';
import type { CommandMeta, ShownWay } from '../../libs/kernel/index.ts';
import type { Membership, PlaceAtOnce, Role, TextLanguage } from '../../libs/words/index.ts';
import type { Viewer } from '../views/viewer.ts';
import type { Framed } from './sign-in/framed.ts';

/**
 * The member behind a request, a socket or a page, as the members view knows it now; null for a reader without an
 * account.
 */
export interface Principal {
  readonly memberId: string;
  readonly handle: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly locale: string;
  /** The languages that it reads; absent for all. */
  readonly reads?: readonly TextLanguage[];
  /** Where it wants translations of what it does not read; absent where it asks for each. */
  readonly translationsShown?: PlaceAtOnce;
  readonly membership: Membership;
  readonly sessionId: string;
  /** When its session runs out unless it is renewed, RFC 3339. */
  readonly sessionExpiresAt: string;
  /** The time at which the session ends at the latest, RFC 3339. */
  readonly sessionEndsAt: string;
  /** For a session that was opened by a frame on another site's page. */
  readonly framed?: Framed;
}

/** The facts about a principal that queries need. */
export function viewerOf(principal: Pick<Principal, 'memberId' | 'roles'> | null): Viewer {
  return principal === null ? null : { memberId: principal.memberId, roles: principal.roles };
}

/** Whoever sends a command: a principal by its session, or a member who was looked up to be signed in. */
export interface Acting {
  readonly memberId: string;
  readonly sessionId?: string;
  readonly lastEnd?: string | null;
}

/**
 * The actor and time of a command that a person sends now; without a principal (registration) the actor is `system`.
 */
export function commandMeta(
  principal: Acting | null,
  commandId: string = randomUUID(),
  correlationId: string = commandId,
): CommandMeta {
  return {
    commandId,
    actor: principal === null ? 'system' : principal.memberId,
    now: nowInText(),
    correlationId,
    causationId: null,
    ...shownBy(principal),
  };
}

function shownBy(acting: Acting | null): { readonly shown?: ShownWay } {
  if (acting?.sessionId !== undefined) return { shown: { session: acting.sessionId } };
  return acting?.lastEnd === undefined ? {} : { shown: { lastEnd: acting.lastEnd } };
}

let last = { ms: 0, text: '' };

/** The text is written once a millisecond, since a busy forum takes several commands in one. */
function nowInText(): string {
  const ms = Date.now();
  if (ms !== last.ms) last = { ms, text: new Date(ms).toISOString() };
  return last.text;
}
