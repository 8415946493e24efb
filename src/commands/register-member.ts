import { type CommandMeta, DomainError, deriveId, founderNeeded, stepOf } from '../../libs/kernel/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import type { Role } from '../../libs/words/index.ts';
import { handleOf } from '../domain/member/handle.ts';
import { looksLikeName, skeletonsOf } from '../domain/member/look-alikes.ts';
import { RegisterMember } from '../domain/member/member.commands.ts';
import { memberDecider } from '../domain/member/member.decider.ts';
import type { LinkedSubject } from '../domain/member/provider.commands.ts';
import type { Screened } from '../domain/member/screening.events.ts';
import { FOUNDER, handleName, nameTaken, skeletonName } from '../domain/reservation/names.ts';
import { invalid } from '../domain/text.ts';
import { faultsIn, refuseTogether } from './faults.ts';
import { refuseGuessable } from './guessable-passwords.ts';
import type { InvitationLookup } from './invitation-lookup.ts';
import type { MemberLookup } from './member-lookup.ts';
import { NameClaims } from './name-claims.ts';
import type { PasswordHashing } from './ports.ts';
import { makeNameLists } from './ready-lists.ts';

export interface Registration {
  readonly handle: string;
  readonly displayName: string;
  /** Null for a member of the host blog whose token had none. */
  readonly email: string | null;
  /**
   * The password as typed; only its hash is stored. The caller checks its length. Null for a member who signs in by
   * other ways.
   */
  readonly password: string | null;
  readonly locale: string;
  /** Roles besides `member`; none unless told. */
  readonly roles?: readonly Role[];
  /** `active` unless told; the first member of a forum always is. */
  readonly membership?: 'active' | 'waiting';
  /** What the policy's rules said, where they were asked; a member that they hold waits. */
  readonly screened?: Screened;
  /** An invitation that is open; the member uses it up. */
  readonly invitationId?: string;
  /** False for one who must not be the first member, who becomes admin; the founder is needed before it then. */
  readonly founds?: boolean;
  /** The provider that the member comes from. */
  readonly linked?: LinkedSubject;
}

/** The fields that others may have, or guess. */
export type NewcomerLooks = Pick<Registration, 'handle' | 'displayName' | 'email' | 'password' | 'founds'>;

export interface Registered {
  readonly memberId: string;
  /** The position of the member's registration. */
  readonly position: bigint;
  /** True for a repeat of what was recorded before: whoever repeats it has shown to be nobody yet. */
  readonly repeated: boolean;
}

export interface RegistrationParts {
  readonly commands: Commands;
  readonly passwords: PasswordHashing;
  readonly members: MemberLookup;
  readonly invitations: Pick<InvitationLookup, 'refuseVoid'>;
  /** How the forum is called now. */
  readonly siteName: () => Promise<string>;
}

/**
 * Registers members: reserves the handle, its look, the e-mail address, the subject at a provider and the founder's
 * place, then records the member. Each step's command id derives from the whole's, so the whole can be repeated after a crash and ends with the
 * same member.
 */
export class MemberRegistration {
  readonly #commands: Commands;
  readonly #passwords: PasswordHashing;
  readonly #members: MemberLookup;
  readonly #invitations: Pick<InvitationLookup, 'refuseVoid'>;
  readonly #siteName: () => Promise<string>;

  constructor({ commands, passwords, members, invitations, siteName }: RegistrationParts) {
    this.#commands = commands;
    this.#passwords = passwords;
    this.#members = members;
    this.#invitations = invitations;
    this.#siteName = siteName;
  }

  /**
   * The first member of a forum becomes admin. An address that is already taken is accepted with the same work, events
   * and answers, so that neither the answer nor the log tells. Without an actor in `meta` the new member is the actor.
   * Throws DomainError: invalid, handle_taken, id_taken, conflict (the subject has an account), invitation_invalid,
   * storage_unavailable.
   */
  async register(
    wish: Registration,
    meta: Omit<CommandMeta, 'actor'> & { readonly actor?: string },
  ): Promise<Registered> {
    const memberId = deriveId(meta.commandId, 'member');
    const whole: CommandMeta = { ...meta, actor: meta.actor ?? memberId };
    const { password, roles = [], founds = true, ...fields } = wish;
    if (!founds && (await this.#members.holderOf(FOUNDER)) === null) throw founderNeeded();
    const before = await this.#members.byId(memberId);
    const coming = (await this.#isFounder(wish)) ? [...roles, 'admin' as const] : roles;
    const member = {
      ...fields,
      memberId,
      roles: before?.roles ?? coming,
      emailReserved: wish.email !== null,
      passwordHash: null,
    };
    await makeNameLists();
    const asRules = () => memberDecider.decide(new RegisterMember(member, whole), memberDecider.initial(), undefined);
    const ofRules = await faultsIn([() => Promise.resolve().then(asRules)]);
    const step = stepOf(whole, 'register');
    if (before !== undefined) {
      refuseTogether(ofRules);
      // A repeat with other names must reserve none of them for the member who is there.
      const { position, repeated } = await this.#commands.execute(new RegisterMember(member, step));
      return { memberId, position, repeated };
    }
    refuseTogether([...ofRules, ...(await this.faultsOf(wish, memberId))]);

    const claims = new NameClaims(this.#commands, memberId, whole);
    return claims.releasedOnRefusal(async () => {
      const passwordHash = await this.#claimNames(claims, wish, memberId);
      const isFounder = founds && (await this.#isFree(claims, FOUNDER));
      if (wish.invitationId !== undefined)
        await this.#useInvitation(claims, { invitationId: wish.invitationId, memberId }, whole.now);
      const registered: RegisterMember['data'] = {
        ...member,
        passwordHash,
        roles,
        ...(isFounder ? { roles: [...roles, 'admin' as const], membership: 'active' } : {}),
        names: claims.names,
      };
      const { position, repeated } = await this.#commands.execute(new RegisterMember(registered, step));
      return { memberId, position, repeated };
    });
  }

  /** Refuses what `register` would refuse for its names and its password; a repeat passes. Throws DomainError. */
  async refuseFaulty(wish: NewcomerLooks, commandId: string): Promise<void> {
    const memberId = deriveId(commandId, 'member');
    if ((await this.#members.byId(memberId)) === undefined) refuseTogether(await this.faultsOf(wish, memberId));
  }

  /** Everything that the rules have against the names and the password of somebody new. Throws DomainError storage_unavailable. */
  faultsOf(wish: NewcomerLooks, memberId: string): Promise<readonly DomainError[]> {
    return faultsIn([
      async () => {
        if (wish.password !== null) await this.refuseGuessable(wish.password, wish);
      },
      async () => {
        const handle = handleOf(wish.handle);
        if (await this.#members.isLookAlike(handle, memberId)) throw nameTaken(skeletonName(handle));
        if (looksLikeName(handle, await this.#siteName())) throw invalid('handle', 'is reserved for the forum itself');
      },
      async () => this.refuseImitation(wish.displayName, memberId, await this.#isFounder(wish)),
    ]);
  }

  /** Whether it would be the forum's first member, who may be called as admins may. */
  async #isFounder({ founds = true }: Pick<Registration, 'founds'>): Promise<boolean> {
    return founds && (await this.#members.holderOf(FOUNDER)) === null;
  }

  /** Claims the handle, the subject and a place of the address; gives the hash of the password. */
  async #claimNames(claims: NameClaims, wish: Registration, memberId: string): Promise<string | null> {
    const { handle, email, password, linked } = wish;
    const { names } = this.#members;
    const own = handleOf(handle);
    if (linked !== undefined) await claims.claim(names.subject(linked));
    for (const name of [handleName(own), ...skeletonsOf(own).map(skeletonName)]) await claims.claim(name);
    const [passwordHash, places] = await Promise.all([
      password === null ? null : this.#passwords.hash(password, names.salt(email ?? memberId)),
      email === null ? [] : this.#members.freePlaces(email, memberId),
    ]);
    if (email !== null) await this.#claimOne(claims, [...places, names.beside(email, memberId)]);
    return passwordHash;
  }

  /** Whoever made it may have lost the right to while the password was hashed. */
  async #useInvitation(
    claims: NameClaims,
    use: { readonly invitationId: string; readonly memberId: string },
    now: string,
  ): Promise<void> {
    await this.#invitations.refuseVoid(use, now);
    await claims.useInvitation(use.invitationId);
  }

  /** Checks a member's new password. Throws DomainError `invalid`. */
  async refuseGuessable(
    password: string,
    { handle, displayName, email }: Pick<Registration, 'handle' | 'displayName' | 'email'>,
  ): Promise<void> {
    return refuseGuessable(password, { handle, displayName, email, forum: await this.#siteName() });
  }

  /** Checks a display name that a member takes. Throws DomainError `invalid` and storage_unavailable. */
  async refuseImitation(displayName: string, memberId: string, isFounder = false): Promise<void> {
    if (await this.#members.passesForAnother(displayName, memberId)) {
      throw invalid('displayName', 'is the name of another member, whom it would pass for');
    }
    const isOwner = isFounder || (await this.#members.byId(memberId))?.roles.includes('admin');
    if (!isOwner && looksLikeName(displayName, await this.#siteName())) {
      throw invalid('displayName', 'is the name of the forum itself');
    }
  }

  /** Claims the first name that is still free; the last one always is. */
  async #claimOne(claims: NameClaims, names: readonly string[]): Promise<void> {
    for (const name of names) if (await this.#isFree(claims, name)) return;
  }

  async #isFree(claims: NameClaims, name: string): Promise<boolean> {
    try {
      await claims.claim(name);
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'conflict') return false;
      throw error;
    }
  }
}
