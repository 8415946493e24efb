import type { QueryBus } from '@nestjs/cqrs';
import type { ListedMember, Page } from '../../libs/client/index.ts';
import type { ListedState, Role } from '../../libs/words/index.ts';
import type { Principal } from '../access/principal.ts';
import { ListMembers, type MemberForStaff } from '../views/members/members.query-types.ts';
import { GetSanctionsOf } from '../views/sanctions/sanctions.query-types.ts';
import { GetSignInFacts, type SignInFacts } from '../views/ways-in/ways-in.query-types.ts';
import { lookAtAddresses } from './looks/look-at.ts';
import type { Looks } from './looks/looks.ts';

export interface MemberListWish {
  readonly q?: string;
  readonly role?: Role;
  readonly state?: ListedState;
}

/** The list of members for admins and moderators: the same for the API and the pages. */
export class MemberList {
  readonly #queries: Pick<QueryBus, 'execute'>;
  readonly #looks: Pick<Looks, 'looked'>;

  constructor(queries: Pick<QueryBus, 'execute'>, looks: Pick<Looks, 'looked'>) {
    this.#queries = queries;
    this.#looks = looks;
  }

  /** Addresses are for admins alone, and that they saw them is recorded. Throws DomainError `invalid` (cursor). */
  async page(
    { state, ...wish }: MemberListWish,
    page: { readonly limit: number; readonly cursor: string | null },
    principal: Principal,
  ): Promise<Page<ListedMember>> {
    const isAdmin = principal.roles.includes('admin');
    const membership = membershipOf(state);
    const asked = { ...wish, ...(membership === undefined ? {} : { membership }) };
    const { items, next } = await this.#queries.execute(new ListMembers(asked, page, isAdmin));
    const facts = await this.#queries.execute(new GetSignInFacts(items.map(({ id }) => id)));
    const listed = await Promise.all(items.map((member) => this.#listed(member, facts.get(member.id), isAdmin)));
    const found = listed.filter((member) => state === undefined || member.state === state);
    if (isAdmin) await this.#looks.looked(principal, lookAtAddresses(found.map(({ id }) => id)));
    return { items: found, next };
  }

  async #listed(member: MemberForStaff, facts: SignInFacts | undefined, isAdmin: boolean): Promise<ListedMember> {
    const sanctions = (await this.#queries.execute(new GetSanctionsOf(member.id, 'moderator')))
      .filter(({ inForce }) => inForce)
      .map(({ kind }) => kind);
    const { email, emailConfirmed, state: membership, pendingEmail: _, heldBy, ...shown } = member;
    const kept = (['ban', 'suspension'] as const).find((kind) => sanctions.includes(kind));
    const state = kept === undefined ? membership : STATE_OF[kept];
    const address = isAdmin ? { email, emailConfirmed } : {};
    const waits = state === 'waiting' ? { heldBy } : {};
    return {
      ...shown,
      ...waits,
      state,
      sanctions: [...new Set(sanctions)],
      lastSeenOn: facts?.lastSeenOn ?? null,
      ...address,
    };
  }
}

const STATE_OF = { ban: 'banned', suspension: 'suspended' } as const;

/** Suspended and banned members were let in before. */
function membershipOf(state: ListedState | undefined): 'active' | 'waiting' | 'refused' | undefined {
  return state === 'suspended' || state === 'banned' ? 'active' : state;
}
