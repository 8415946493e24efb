import {
  type Decider,
  DomainError,
  type Erased,
  isErased,
  linkUsed,
  type Remembered,
  unreachable,
} from '../../../libs/kernel/index.ts';
import { type RuleName, TEXT_LIMITS } from '../../../libs/words/index.ts';
import type { CommentFacts } from '../comment/comment.facts.ts';
import { bodyLimits, type CommentNeeds, RULES_OF_POSTING } from '../comment/posting.rules.ts';
import { linkNotFound } from '../link/link.decider.ts';
import { emailOf } from '../member/email.ts';
import { textOf } from '../text.ts';
import type { ConfirmGuestComment, GuestCommand, IssueGuestLink, SendGuestComment } from './guest.commands.ts';
import type { GuestCommentSent, GuestEvent } from './guest.events.ts';

/** How long the holder of the address has to confirm, in minutes. */
export const GUEST_LINK_MINUTES = 24 * 60;
const MINUTE_MS = 60_000;

export interface GuestNeeds extends CommentNeeds {
  /** The comment that has the id already; null for a free one. */
  readonly known: CommentFacts | null;
}

export interface GuestState {
  sent: GuestCommentSent['data'] | null;
  /** Erased once the comment was confirmed or its time was over. */
  personal: GuestCommentSent['personal'] | Erased | null;
  heldBy: readonly RuleName[];
  readonly hashes: Set<string>;
  confirmed: boolean;
}

export const guestDecider: Decider<GuestState, GuestCommand, GuestEvent, GuestNeeds> = {
  initial: () => ({ sent: null, personal: null, heldBy: [], hashes: new Set(), confirmed: false }),
  decide: (command, state, needed) => {
    switch (command.type) {
      case 'SendGuestComment':
        return send(command, state, needed);
      case 'IssueGuestLink':
        return issue(command, state);
      case 'ConfirmGuestComment':
        return confirm(command, state);
      default:
        return unreachable(command);
    }
  },
  evolve,
};

function evolve(state: GuestState, fact: Remembered<GuestEvent>): GuestState {
  switch (fact.type) {
    case 'GuestCommentSent.v1':
      return Object.assign(state, { sent: fact.data, personal: fact.personal });
    case 'GuestScreened.v1':
      return Object.assign(state, { heldBy: fact.data.rules });
    case 'GuestLinkIssued.v1':
      state.hashes.add(fact.data.hash);
      return state;
    case 'GuestCommentConfirmed.v1':
      state.confirmed = true;
      return state;
    default:
      return unreachable(fact);
  }
}

function send(command: SendGuestComment, state: GuestState, needed: GuestNeeds): readonly GuestEvent[] {
  const { commentId, postId, parentId, guest, limits, heldBy = [] } = command.data;
  const personal = {
    body: textOf(command.data.body, 'body', bodyLimits(limits)),
    displayName: textOf(guest.displayName, 'guest.name', TEXT_LIMITS.displayName),
    email: emailOf(guest.email, 'guest.email'),
    locale: guest.locale,
  };
  if (state.sent !== null) return requireRepeat({ postId, parentId, personal }, state);
  if (needed.known !== null) throw idTaken();
  for (const rule of RULES_OF_POSTING) rule(command, needed);
  const expiresAt = new Date(Date.parse(command.meta.now) + GUEST_LINK_MINUTES * MINUTE_MS).toISOString();
  const sent: GuestEvent = { type: 'GuestCommentSent.v1', data: { commentId, postId, parentId, expiresAt }, personal };
  if (heldBy.length === 0) return [sent];
  return [sent, { type: 'GuestScreened.v1', data: { commentId, rules: heldBy }, personal: null }];
}

/** The same comment sent again is answered as it was recorded, whatever has become of it since. */
function requireRepeat(
  {
    postId,
    parentId,
    personal,
  }: Pick<GuestCommentSent['data'], 'postId' | 'parentId'> & Pick<GuestCommentSent, 'personal'>,
  state: GuestState,
): readonly [] {
  const first = state.personal;
  const same =
    state.sent?.postId === postId &&
    state.sent.parentId === parentId &&
    (first === null ||
      isErased(first) ||
      (first.body === personal.body && first.displayName === personal.displayName && first.email === personal.email));
  if (!same) throw idTaken();
  return [];
}

function idTaken(): DomainError {
  return new DomainError('id_taken', 'Another comment has this id.');
}

function issue({ data }: IssueGuestLink, state: GuestState): readonly GuestEvent[] {
  if (state.sent === null) throw linkNotFound();
  if (state.hashes.has(data.hash)) return [];
  return [{ type: 'GuestLinkIssued.v1', data, personal: null }];
}

function confirm({ data: { commentId, hash }, meta }: ConfirmGuestComment, state: GuestState): readonly GuestEvent[] {
  confirmable(state, { hash, now: meta.now });
  return [{ type: 'GuestCommentConfirmed.v1', data: { commentId }, personal: null }];
}

/** A comment as the holder of its link finds it now. */
export type WaitingGuestComment = GuestCommentSent['data'] & GuestCommentSent['personal'] & Pick<GuestState, 'heldBy'>;

/**
 * Only the holder of the whole secret learns that a link was used or has run out. Throws DomainError link_not_found,
 * link_used and link_expired.
 */
export function confirmable(
  { sent, personal, heldBy, hashes, confirmed }: GuestState,
  { hash, now }: { readonly hash: string; readonly now: string },
): WaitingGuestComment {
  if (sent === null || !hashes.has(hash)) throw linkNotFound();
  if (confirmed) throw linkUsed();
  if (Date.parse(now) >= Date.parse(sent.expiresAt) || personal === null || isErased(personal)) {
    throw new DomainError('link_expired', 'This link has run out, and the comment was deleted. Write it again.');
  }
  return { ...sent, ...personal, heldBy };
}
