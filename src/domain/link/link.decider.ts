import {
  type Decider,
  DomainError,
  isErased,
  linkUsed,
  type Remembered,
  unreachable,
} from '../../../libs/kernel/index.ts';
import { MOST_ERASURE_DAYS } from '../../../libs/words/index.ts';
import { emailOf } from '../member/email.ts';
import type { IssueLink, LinkCommand, RequestLink, UseLink } from './link.commands.ts';
import type { LinkEvent, LinkPurpose } from './link.events.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** How long a link works, in minutes. */
export const LINK_MINUTES: Readonly<Record<LinkPurpose, number>> = {
  confirm: 24 * 60,
  reset: 60,
  'sign-in': 15,
  'way-back': 24 * 60,
  'change-email': 24 * 60,
  // The erasure itself says until when it can be taken back.
  stay: MOST_ERASURE_DAYS * DAY_MINUTES,
};

export interface LinkState {
  linkId: string | null;
  purpose: LinkPurpose;
  /** When it was asked for, and from when it allows nothing any more (RFC 3339). */
  requestedAt: string;
  expiresAt: string;
  /** The position of the request. */
  requestedPosition: bigint;
  since: string | null;
  next: string | null;
  /** The address that was given with the request. */
  email: string | null;
  /** The member whom each issued hash serves. */
  issued: Map<string, string>;
  used: boolean;
}

export const linkDecider: Decider<LinkState, LinkCommand, LinkEvent> = {
  initial: () => ({
    linkId: null,
    purpose: 'confirm',
    requestedAt: '',
    expiresAt: '',
    requestedPosition: 0n,
    since: null,
    next: null,
    email: null,
    issued: new Map(),
    used: false,
  }),
  decide: (command, state) => {
    switch (command.type) {
      case 'RequestLink':
        return request(command, state);
      case 'IssueLink':
        return issue(command, state);
      case 'UseLink':
        return use(command, state);
      default:
        return unreachable(command);
    }
  },
  evolve,
};

function evolve(state: LinkState, fact: Remembered<LinkEvent>): LinkState {
  switch (fact.type) {
    case 'LinkRequested.v1': {
      const { linkId, purpose, expiresAt, since } = fact.data;
      const { next, email } = isErased(fact.personal) ? { next: null, email: null } : fact.personal;
      const { occurredAt: requestedAt, position: requestedPosition } = fact.envelope;
      const request = { requestedAt, requestedPosition, expiresAt };
      return Object.assign(state, { linkId, purpose, since, next, email, ...request });
    }
    case 'LinkIssued.v1':
      if (!isErased(fact.personal)) state.issued.set(fact.data.hash, fact.personal.memberId);
      return state;
    case 'LinkUsed.v1':
      state.used = true;
      return state;
    default:
      return unreachable(fact);
  }
}

function request({ data, meta }: RequestLink, state: LinkState): readonly LinkEvent[] {
  const { linkId, purpose, memberId, next, since } = data;
  if (state.linkId !== null) {
    if (state.purpose === purpose) return [];
    throw new DomainError('id_taken', 'Another link has this id.');
  }
  const email = data.email === null ? null : emailOf(data.email);
  const expiresAt = new Date(Date.parse(meta.now) + LINK_MINUTES[purpose] * MINUTE_MS).toISOString();
  const personal = { memberId, email, next };
  return [{ type: 'LinkRequested.v1', data: { linkId, purpose, expiresAt, since }, personal }];
}

function issue({ data }: IssueLink, state: LinkState): readonly LinkEvent[] {
  const { linkId, hash, memberId } = data;
  if (state.linkId === null) throw linkNotFound();
  if (state.issued.has(hash)) return [];
  return [{ type: 'LinkIssued.v1', data: { linkId, hash }, personal: { memberId } }];
}

function use({ data, meta }: UseLink, state: LinkState): readonly LinkEvent[] {
  usableLink(state, { ...data, now: meta.now });
  return [{ type: 'LinkUsed.v1', data: { linkId: data.linkId }, personal: null }];
}

/** The link as its holder finds it now. */
export interface UsableLink {
  readonly memberId: string;
  readonly purpose: LinkPurpose;
  readonly requestedAt: string;
  readonly requestedPosition: bigint;
  readonly since: string | null;
  readonly next: string | null;
  /** The address that was given with the request; null for the member's own. */
  readonly email: string | null;
}

/**
 * Only the holder of the whole secret learns that a link was used or has run out. Throws DomainError link_not_found,
 * link_used and link_expired.
 */
export function usableLink(
  state: LinkState,
  asked: { readonly hash: string; readonly purposes: readonly LinkPurpose[]; readonly now: string },
): UsableLink {
  const { purpose, requestedAt, requestedPosition, since, next, email } = state;
  const memberId = state.issued.get(asked.hash);
  if (state.linkId === null || memberId === undefined || !asked.purposes.includes(purpose)) throw linkNotFound();
  if (state.used) throw linkUsed();
  if (Date.parse(asked.now) >= Date.parse(state.expiresAt)) {
    throw new DomainError('link_expired', 'This link has run out. Ask for a new one.');
  }
  return { memberId, purpose, requestedAt, requestedPosition, since, next, email };
}

export function linkNotFound(): DomainError {
  return new DomainError(
    'link_not_found',
    'There is no such link. It may have been cut when it was copied, or the account was changed since.',
  );
}
