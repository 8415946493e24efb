import { type CommandMeta, DomainError, deriveId } from '../../libs/kernel/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import type { Role } from '../../libs/words/index.ts';
import { handleOf } from '../domain/member/handle.ts';
import { skeletonsOf } from '../domain/member/look-alikes.ts';
import { RegisterMember } from '../domain/member/member.commands.ts';
import { memberDecider } from '../domain/member/member.decider.ts';
import { FOUNDER, handleName, nameTaken, skeletonName } from '../domain/reservation/names.ts';
import { invalid } from '../domain/text.ts';
import { refuseGuessable } from './guessable-passwords.ts';
import type { MemberLookup } from './member-lookup.ts';
import { NameClaims } from './name-claims.ts';
import type { PasswordHashing } from './ports.ts';

export interface Registration {
  readonly handle: string;
  readonly displayName: string;
  readonly email: string;
  /** The password as typed; only its hash is stored. The caller checks its length. */
  readonly password: string;
  readonly locale: string;
  /** Roles besides `member`; none unless told. */
  readonly roles?: readonly Role[];
}

export interface Registered {
  readonly memberId: string;
  /** The position of the member's registration. */
  readonly position: bigint;
}

/**
 * Registers members: reserves the handle, its look, the e-mail address and the founder's place, then records the
 * member. Each step's command id derives from the whole's, so the whole can be repeated after a crash and ends with the
 * same member.
 */
export class MemberRegistration {
  readonly #commands: Commands;
  readonly #passwords: PasswordHashing;
  readonly #members: MemberLookup;

  constructor(commands: Commands, passwords: PasswordHashing, members: MemberLookup) {
    this.#commands = commands;
    this.#passwords = passwords;
    this.#members = members;
  }

  /**
   * The first member of a forum becomes admin. An address that is already taken is accepted with the same work, events
   * and answers, so that neither the answer nor the log tells. Without an actor in `meta` the new member is the actor.
   * Throws DomainError: invalid, handle_taken, id_taken, storage_unavailable.
   */
  async register(
    wish: Registration,
    meta: Omit<CommandMeta, 'actor'> & { readonly actor?: string },
  ): Promise<Registered> {
    const memberId = deriveId(meta.commandId, 'member');
    const whole: CommandMeta = { ...meta, actor: meta.actor ?? memberId };
    const { password, roles = [], ...fields } = wish;
    const member = { ...fields, memberId, roles, emailReserved: true, passwordHash: '' };
    memberDecider.decide(new RegisterMember(member, whole), memberDecider.initial(), undefined);
    await refuseGuessable(password, wish);
    const handle = handleOf(wish.handle);
    if (await this.#members.isLookAlike(handle, memberId)) throw nameTaken(skeletonName(handle));
    const isRepeat = (await this.#members.byId(memberId)) !== undefined;
    if (!isRepeat) await this.refuseImitation(wish.displayName, memberId);

    const claims = new NameClaims(this.#commands, memberId, whole);
    return claims.releasedOnRefusal(async () => {
      for (const name of [handleName(handle), ...skeletonsOf(handle).map(skeletonName)]) await claims.claim(name);
      const { names } = this.#members;
      const [passwordHash, places] = await Promise.all([
        this.#passwords.hash(password, names.salt(wish.email)),
        this.#members.freePlaces(wish.email, memberId),
      ]);
      await this.#claimOne(claims, [...places, names.beside(wish.email, memberId)]);
      const isFounder = await this.#isFree(claims, FOUNDER);
      const registered = {
        ...member,
        passwordHash,
        roles: isFounder ? [...roles, 'admin' as const] : roles,
        names: claims.names,
      };
      const { position } = await this.#commands.execute(
        new RegisterMember(registered, { ...whole, commandId: deriveId(meta.commandId, 'register') }),
      );
      return { memberId, position };
    });
  }

  /** Checks a member's new password. Throws DomainError `invalid`. */
  refuseGuessable(password: string, member: Pick<Registration, 'handle' | 'displayName' | 'email'>): Promise<void> {
    return refuseGuessable(password, member);
  }

  /** Checks a display name that a member takes. Throws DomainError `invalid` and storage_unavailable. */
  async refuseImitation(displayName: string, memberId: string): Promise<void> {
    if (!(await this.#members.passesForAnother(displayName, memberId))) return;
    throw invalid('displayName', 'is the name of another member, whom it would pass for');
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
