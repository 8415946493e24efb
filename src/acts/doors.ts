import { DomainError } from '../../libs/kernel/index.ts';
import type { RegistrationWay, Role } from '../../libs/words/index.ts';
import type { InvitationLookup } from '../commands/invitation-lookup.ts';
import type { MemberLookup } from '../commands/member-lookup.ts';

/** How the site lets people in; the facts come from its settings. */
export interface DoorFacts {
  readonly registration: RegistrationWay;
  /** Whether the host blog's tokens may name roles. */
  readonly ssoRoles: boolean;
}

/** What a newcomer is let in as. */
export interface Admitted {
  readonly membership: 'active' | 'waiting';
  readonly roles: readonly Role[];
  readonly invitationId?: string;
}

/** The same, with the address that the newcomer's own token was mailed to. */
export interface AdmittedHere extends Admitted {
  readonly mailedTo: string | null;
}

/** What an invitation says to its holder. */
export interface Invited {
  readonly email: string | null;
  readonly roles: readonly Role[];
  /** The name of who made it; null for somebody who is no member any more. */
  readonly by: string | null;
}

/** Decides how a newcomer comes in, the same for every way in. */
export class Doors {
  readonly facts: () => Promise<DoorFacts>;
  readonly #invitations: InvitationLookup;
  readonly #members: Pick<MemberLookup, 'byId'>;

  constructor(facts: () => Promise<DoorFacts>, invitations: InvitationLookup, members: Pick<MemberLookup, 'byId'>) {
    this.facts = facts;
    this.#members = members;
    this.#invitations = invitations;
  }

  /** What the holder of an invitation is shown before registering; null for one that nobody can come with any more. */
  async invited(invitation: string): Promise<Invited | null> {
    const seen = await this.#invitations.seen(invitation, new Date().toISOString());
    return (
      seen && { email: seen.email, roles: seen.roles, by: (await this.#members.byId(seen.by))?.displayName ?? null }
    );
  }

  /**
   * An invitation counts wherever people may register, and its holder waits for nobody. Throws DomainError
   * registration_closed, invitation_needed, invitation_invalid, storage_unavailable.
   */
  async admit(invitation: string | null): Promise<AdmittedHere> {
    const { registration } = await this.facts();
    if (registration === 'closed') throw registrationClosed();
    if (invitation !== null) {
      const { invitationId, ...invited } = await this.#invitations.find(invitation, new Date().toISOString());
      return { membership: 'active', ...invited, invitationId };
    }
    if (registration === 'invitation') {
      throw new DomainError('invitation_needed', 'This forum takes new members by invitation only.');
    }
    return { membership: registration === 'approval' ? 'waiting' : 'active', roles: [], mailedTo: null };
  }
}

export function registrationClosed(): DomainError {
  return new DomainError('registration_closed', 'This forum takes no new members now.');
}
