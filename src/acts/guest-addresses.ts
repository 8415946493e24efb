import type { Principal } from '../access/principal.ts';
import type { GuestComments } from '../commands/guest-comments.ts';
import type { Case } from '../views/moderation-queue/queue.query-types.ts';
import { lookAtGuest } from './looks/look-at.ts';
import type { Looks } from './looks/looks.ts';

/** The addresses of guests, for admins alone: that they saw one is recorded. */
export class GuestAddresses {
  readonly #guests: Pick<GuestComments, 'addressOf'>;
  readonly #looks: Pick<Looks, 'looked'>;

  constructor(guests: Pick<GuestComments, 'addressOf'>, looks: Pick<Looks, 'looked'>) {
    this.#guests = guests;
    this.#looks = looks;
  }

  /** The case as this person may see it. Throws DomainError `storage_unavailable`. */
  async added(found: Case, principal: Principal): Promise<Case> {
    const { author } = found.comment;
    if (author === null || !('guest' in author) || !principal.roles.includes('admin')) return found;
    const email = await this.#guests.addressOf(found.comment.id);
    if (email === null) return found;
    await this.#looks.looked(principal, lookAtGuest(found.comment));
    const comment = { ...found.comment, author: { ...author, email } };
    return {
      ...found,
      comment,
      surroundings: found.surroundings.map((one) => (one.id === comment.id ? comment : one)),
    };
  }
}
