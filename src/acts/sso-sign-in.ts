import { DomainError, deriveId } from '../../libs/kernel/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import { ROLES, type Role, SSO_PROVIDER } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { networkOf } from '../access/network.ts';
import { commandMeta } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { deviceOf } from '../access/sign-in/device.ts';
import { digestOfSubject, type Framed } from '../access/sign-in/framed.ts';
import type { SsoClaims, SsoTokens } from '../access/sign-in/sso-tokens.ts';
import type { KnownMember, MemberLookup } from '../commands/member-lookup.ts';
import type { TakingPart } from '../commands/taking-part.ts';
import { displayNameFrom } from '../domain/member/handle-from.ts';
import { ChangeProfile, ChangeRoles } from '../domain/member/member.commands.ts';
import type { Accounts } from './accounts.ts';
import { type Doors, registrationClosed } from './doors.ts';
import type { ForumWrites } from './forum-writes.ts';
import type { Newcomers } from './newcomers.ts';
import type { SignedIn } from './session-opening.ts';
import { takeOnce } from './take-once.ts';

export interface SsoParts {
  readonly tokens: SsoTokens;
  readonly lookup: MemberLookup;
  readonly newcomers: Newcomers;
  readonly accounts: Accounts;
  readonly takingPart: TakingPart;
  readonly refuseImitation: (displayName: string, memberId: string) => Promise<void>;
  readonly commands: Commands;
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly doors: Doors;
}

/** The roles that the host blog gives and takes; an admin stays one, and is made here alone. */
const HOST_ROLES: readonly Role[] = ['editor', 'moderator', 'auditor'];

/**
 * Signs people of the host blog in by its tokens. A person is one account by `sub` alone: its address is the blog's
 * word, which opens no account that exists here.
 */
export class SsoSignIn {
  readonly #parts: SsoParts;

  constructor(parts: SsoParts) {
    this.#parts = parts;
  }

  /**
   * Where people come by invitation, the blog's word lets them in; the policy's rules are asked about them all the same. Where
   * registration is closed, nobody new comes in. `frame` tells that a frame brings the token. Throws DomainError as Newcomers does, and login_failed,
   * registration_closed, banned, rate_limited, storage_unavailable.
   */
  async signIn(token: string, asking: Asking, frame?: Pick<Framed, 'site'>): Promise<SignedIn> {
    const { tokens, limits, accounts } = this.#parts;
    await limits.take('sign-in-address', networkOf(asking.address));
    if (!tokens.isOn) throw new DomainError('login_failed', 'No host blog signs people in to this forum.');
    const claims = tokens.read(token, new Date());
    const name = this.#parts.lookup.names.ssoToken(claims.jti);
    if (!(await takeOnce(this.#parts.commands, name, asking.correlationId))) {
      throw new DomainError('login_failed', 'The sso token was used before: jti works once.');
    }
    const member = await this.#memberOf(claims, asking);
    const { userAgent, former } = asking;
    const framed = frame && { ...frame, sso: digestOfSubject(claims.subject) };
    const from = { device: deviceOf(userAgent), ...(former && { former }), ...(framed && { framed }) };
    return accounts.signInAs(member, 'sso', from);
  }

  async #memberOf(claims: SsoClaims, asking: Asking): Promise<KnownMember> {
    const { lookup, newcomers, doors } = this.#parts;
    const subject = { provider: SSO_PROVIDER, subject: claims.subject };
    const { registration, ssoRoles } = await doors.facts();
    const known = await lookup.bySubject(subject);
    if (known !== undefined) {
      await this.#rename(known, claims, asking);
      if (ssoRoles) await this.#giveRoles(known, claims, asking);
      return known;
    }
    if (registration === 'closed') throw registrationClosed();
    const memberId = await newcomers.welcome(
      {
        subject,
        names: [claims.name],
        displayName: claims.name,
        email: claims.email,
        locale: claims.locale !== null && isLanguage(claims.locale) ? claims.locale : 'en',
        membership: registration === 'approval' ? 'waiting' : 'active',
      },
      asking,
    );
    const made = await lookup.byId(memberId);
    if (made === undefined) throw new DomainError('member_not_found', 'There is no such member.');
    if (ssoRoles) await this.#giveRoles(made, claims, asking);
    return made;
  }

  /** A name that the forum's rules refuse, or that passes for another member's, changes nothing. */
  async #rename(member: KnownMember, { name }: SsoClaims, asking: Asking): Promise<void> {
    const { takingPart, refuseImitation, writes } = this.#parts;
    const displayName = displayNameFrom([name]);
    if (displayName === undefined || displayName === member.displayName) return;
    const { memberId } = member;
    try {
      await takingPart.require(memberId);
      await refuseImitation(displayName, memberId);
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'storage_unavailable') return;
      throw error;
    }
    const commandId = deriveId(asking.commandId, 'sso-name');
    await writes.send(
      new ChangeProfile({ memberId, displayName }, commandMeta(member, commandId, asking.correlationId)),
    );
  }

  /** Whoever waits or was refused has them from the first sign-in after it was let in. */
  async #giveRoles(member: KnownMember, { roles }: SsoClaims, asking: Asking): Promise<void> {
    if (roles === null || member.membership !== 'active') return;
    const wished = ROLES.filter((role) => (HOST_ROLES.includes(role) ? roles : member.roles).includes(role));
    if (wished.join() === member.roles.join()) return;
    const { memberId } = member;
    const meta = commandMeta(null, deriveId(asking.commandId, 'sso-roles'), asking.correlationId);
    await this.#parts.writes.send(new ChangeRoles({ memberId, roles: wished }, meta));
  }
}

function isLanguage(locale: string): boolean {
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u.test(locale) && locale.length <= 35;
}
