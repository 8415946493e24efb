import type { EventStore } from '../../libs/event-store/index.ts';
import { inForumWords, StreamFolds } from '../../libs/nest-decider/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import type { Role } from '../../libs/words/index.ts';
import {
  type InvitationState,
  invitationDecider,
  invitationInvalid,
  isOpen,
  opens,
} from '../domain/invitation/invitation.decider.ts';
import type { InvitationEvent } from '../domain/invitation/invitation.events.ts';
import { isUndone } from '../domain/member/member.facts.ts';
import { decoders } from './decoders.ts';
import type { ForumFacts } from './forum-facts.ts';
import { linkTokenIn } from './link-token.ts';
import { streams } from './streams.ts';

export interface FoundInvitation {
  readonly invitationId: string;
  readonly roles: readonly Role[];
  /** The address to which this very token was mailed; null for one that was shown or passed on. */
  readonly mailedTo: string | null;
}

export interface SeenInvitation {
  /** The address that it was made for; null for none. */
  readonly email: string | null;
  readonly roles: readonly Role[];
  /** Who made it: a member's id, or another actor. */
  readonly by: string;
}

/**
 * Reads invitations from the log itself, without using them up. One counts while whoever made it may still make it, was let in
 * before, and has not taken the account back since.
 */
export class InvitationLookup {
  readonly #invitations: StreamFolds<InvitationState, InvitationEvent>;

  readonly #facts: Pick<ForumFacts, 'isAdmin' | 'member'>;

  constructor(store: EventStore, vault: Vault, facts: Pick<ForumFacts, 'isAdmin' | 'member'>) {
    this.#facts = facts;
    this.#invitations = new StreamFolds({ store, vault }, { folding: invitationDecider, decoder: decoders.invitation });
  }

  /**
   * The invitation of a token, whether it was used or not: only using it tells. Throws DomainError invitation_invalid,
   * storage_unavailable.
   */
  async find(token: string, now: string): Promise<FoundInvitation> {
    const asked = linkTokenIn(token);
    if (asked === undefined) throw invitationInvalid();
    const { linkId: invitationId, hash } = asked;
    const state = await this.#load(invitationId);
    if (!opens(state, hash) || !(await this.#counts(state, now))) throw invitationInvalid();
    return { invitationId, roles: state.roles, mailedTo: state.mailed.has(hash) ? state.email : null };
  }

  /** What an invitation says, while somebody may come with it; null then. Throws DomainError storage_unavailable. */
  async seen(token: string, now: string): Promise<SeenInvitation | null> {
    const asked = linkTokenIn(token);
    if (asked === undefined) return null;
    const state = await this.#load(asked.linkId);
    if (!opens(state, asked.hash) || state.usedBy !== null || !(await this.#counts(state, now))) return null;
    const { email, roles, by } = state;
    return { email, roles, by };
  }

  /** Whether somebody may still come with it. Throws DomainError storage_unavailable. */
  async isWaiting(invitationId: string, now: string): Promise<boolean> {
    const state = await this.#load(invitationId);
    return state.usedBy === null && (await this.#counts(state, now));
  }

  /**
   * Refuses one that nobody can come with any more but the member who used it. Throws DomainError invitation_invalid,
   * storage_unavailable.
   */
  async refuseVoid(
    { invitationId, memberId }: { readonly invitationId: string; readonly memberId: string },
    now: string,
  ): Promise<void> {
    const state = await this.#load(invitationId);
    if (state.usedBy !== memberId && !(await this.#counts(state, now))) throw invitationInvalid();
  }

  async #counts(state: InvitationState, now: string): Promise<boolean> {
    const { hash, by, made } = state;
    if (hash === null || !isOpen(state, now)) return false;
    try {
      const [isAdmin, maker] = await Promise.all([this.#facts.isAdmin(by, now), this.#facts.member(by)]);
      return isAdmin && maker !== null && !isUndone(maker, made);
    } catch (error) {
      throw inForumWords(error);
    }
  }

  async #load(invitationId: string): Promise<InvitationState> {
    try {
      return (await this.#invitations.load(streams.invitation(invitationId))).state;
    } catch (error) {
      throw inForumWords(error);
    }
  }
}
