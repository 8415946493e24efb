import { DomainError } from '../../libs/kernel/index.ts';
import type { RegistrationWay, Role } from '../../libs/words/index.ts';
import type { InvitationLookup } from '../commands/invitation-lookup.ts';

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

/** Decides how a newcomer comes in, the same for every way in. */
export class Doors {
  readonly facts: () => Promise<DoorFacts>;
  readonly #invitations: InvitationLookup;

  constructor(facts: () => Promise<DoorFacts>, invitations: InvitationLookup) {
    this.facts = facts;
    this.#invitations = invitations;
  }

  /** What the holder of an invitation is shown before registering; null for one that nobody can come with any more. */
  invited(invitation: string): Promise<{ readonly email: string | null } | null> {
    return this.#invitations.seen(invitation, new Date().toISOString());
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
