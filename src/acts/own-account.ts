import type { QueryBus } from '@nestjs/cqrs';
import type { MemberChange, OwnMember } from '../../libs/client/index.ts';
import { type CommandMeta, DomainError, deriveId, type Position } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { Credentials } from '../access/sign-in/credentials.ts';
import { deviceOf } from '../access/sign-in/device.ts';
import { type FreshSignIn, isFresh } from '../access/sign-in/fresh-sign-in.ts';
import { endOfSession, type IssuedSession, type Sessions } from '../access/sign-in/sessions.ts';
import type { SignInGuard } from '../access/sign-in/sign-in-guard.ts';
import type { KnownMember, MemberLookup } from '../commands/member-lookup.ts';
import type { MemberRegistration } from '../commands/register-member.ts';
import type { TakingPart } from '../commands/taking-part.ts';
import { RequestLink } from '../domain/link/link.commands.ts';
import { AskEmailChange, DropEmailChange } from '../domain/member/address.commands.ts';
import { emailOf, isSameAddress } from '../domain/member/email.ts';
import { ChangeProfile } from '../domain/member/member.commands.ts';
import { invalid, normalized } from '../domain/text.ts';
import { GetOwnMember } from '../views/members/members.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';
import { letterAllowanceOf } from './letter-allowance.ts';
import type { Screening } from './screening.ts';

export interface OwnAccountParts {
  readonly registration: MemberRegistration;
  readonly lookup: MemberLookup;
  readonly credentials: Credentials;
  readonly guard: SignInGuard;
  readonly fresh: FreshSignIn;
  readonly sessions: Pick<Sessions, 'issue'>;
  readonly takingPart: TakingPart;
  readonly screening: Screening;
  readonly limits: RateLimits;
  readonly writes: ForumWrites;
  readonly queries: Pick<QueryBus, 'execute'>;
}

/** Another password, a first one, or a first one only after signing in again. */
export type PasswordStep = 'another' | 'first' | 'first-later';

export interface Changed {
  readonly member: OwnMember;
  readonly position: Position;
  /** A new session, in place of those that a new password has ended. */
  readonly session: IssuedSession | null;
  /** False when the member has all of it already. */
  readonly isChanged: boolean;
}

/** The changes that members make to themselves: the same for the API and the pages. */
export class OwnAccount {
  readonly #parts: OwnAccountParts;

  constructor(parts: OwnAccountParts) {
    this.#parts = parts;
  }

  /** Which password a member can choose: whoever came by a provider or another site has none before. */
  async passwordStep(principal: Principal): Promise<PasswordStep> {
    if ((await this.#parts.lookup.byId(principal.memberId))?.passwordHash != null) return 'another';
    return isFresh(principal) ? 'first' : 'first-later';
  }

  /**
   * A new password needs the current one, if there is one, and ends every session; the answer holds a new session. A new
   * address needs a fresh sign-in or the current password, and counts once the link that is sent to it was opened. A
   * member that may not take part keeps the name that others see. Throws DomainError `invalid`,
   * `fresh_sign_in_required`, `suspended`, `warning_open`, `rate_limited`, and
   * `unauthenticated` where the session has ended meanwhile.
   */
  async change(principal: Principal, wish: MemberChange, asking: Asking): Promise<Changed> {
    const { limits, writes } = this.#parts;
    await limits.take('profile', principal.memberId);
    await limits.take('profile-day', principal.memberId);
    const { memberId } = principal;
    const { displayName, locale, pageHidden, mayBeQuoted, reads, translationsShown } = wish;
    await this.#checkName(principal, wish);
    const newPassword = await this.#newPassword(principal, wish);
    await this.#checkAddress(principal, wish);
    const change = {
      memberId,
      ...(displayName === undefined ? {} : { displayName }),
      ...(locale === undefined ? {} : { locale }),
      ...(pageHidden === undefined ? {} : { pageHidden }),
      ...(mayBeQuoted === undefined ? {} : { mayBeQuoted }),
      ...(reads === undefined ? {} : { reads }),
      ...(translationsShown === undefined ? {} : { translationsShown }),
      ...(newPassword ?? {}),
    };
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const next = newPassword === null ? null : nextSession(meta, asking);
    const changed = await writes.send(new ChangeProfile({ ...change, ...(next && { session: next }) }, meta));
    const acting = { memberId, sessionId: next?.sessionId ?? principal.sessionId };
    const asked =
      wish.email === undefined
        ? await this.#dropEmail(acting, wish, asking)
        : await this.#askEmail(acting, wish.email, asking);
    const position = asked ?? changed.position;
    const member = await this.#shown(memberId, position);
    const opened = next && { memberId, sessionId: next.sessionId };
    const session = opened && this.#parts.sessions.issue(opened, new Date(meta.now), changed.position);
    return { member, position, session, isChanged: !changed.repeated };
  }

  /**
   * A name that does not change is always accepted, whoever has taken it since, and whatever sanctions the member has.
   */
  async #checkName({ memberId, displayName: kept }: Principal, { displayName }: MemberChange): Promise<void> {
    if (displayName === undefined || normalized(displayName) === kept) return;
    await this.#parts.takingPart.require(memberId);
    await this.#parts.registration.refuseImitation(displayName, memberId);
  }

  /** Nothing is looked up about the address that is wanted, so that no answer tells whose it is. */
  async #checkAddress(principal: Principal, { email, currentPassword: typed }: MemberChange): Promise<void> {
    if (email === undefined) return;
    const { fresh, lookup, limits, credentials } = this.#parts;
    const { memberId } = principal;
    await fresh.require(principal, typed, 'currentPassword');
    const known = await lookup.byId(memberId);
    if (known?.email && isSameAddress(known.email, emailOf(email))) throw invalid('email', 'is your address already');
    await this.#parts.screening.address(emailOf(email));
    await limits.take('link-member', memberId);
    await limits.take('link-email', letterAllowanceOf(emailOf(email), credentials));
  }

  /** Null when the member does not say that it wants no other address. */
  async #dropEmail(acting: OwnSession, { pendingEmail }: MemberChange, asking: Asking): Promise<Position | null> {
    if (pendingEmail !== null) return null;
    const { memberId } = acting;
    const meta = commandMeta(acting, deriveId(asking.commandId, 'drop-email-change'), asking.correlationId);
    return (await this.#parts.writes.send(new DropEmailChange({ memberId }, meta))).position;
  }

  async #askEmail(acting: OwnSession, email: string, { commandId, correlationId }: Asking): Promise<Position> {
    const { memberId } = acting;
    const step = deriveId(commandId, 'change-email');
    const wanted = new AskEmailChange(
      { memberId, email, linkId: step },
      commandMeta(acting, deriveId(commandId, 'ask-email-change'), correlationId),
    );
    await this.#parts.writes.send(wanted);
    const wish = { linkId: step, purpose: 'change-email', memberId, email, next: null, since: null } as const;
    const request = new RequestLink(wish, commandMeta(acting, step, correlationId));
    return (await this.#parts.writes.send(request)).position;
  }

  async #newPassword(
    principal: Principal,
    wish: MemberChange,
  ): Promise<{ readonly passwordHash: string; readonly passwordSince: string } | null> {
    const { lookup, credentials, registration } = this.#parts;
    if (wish.password === undefined) return null;
    const known = await lookup.byId(principal.memberId);
    if (known === undefined) throw currentPassword('is wrong');
    // Whoever presses twice comes the second time with a session that the first has ended, and with the former password.
    await lookup.requireShown({ meta: commandMeta(principal), memberId: principal.memberId });
    await this.#requireOwner(principal, known, wish.currentPassword);
    await registration.refuseGuessable(wish.password, known);
    return { passwordHash: await credentials.hash(wish.password, known), passwordSince: known.passwordSince };
  }

  /** The first password of an account without one needs a sign-in that was just made, in place of the current one. */
  async #requireOwner(principal: Principal, known: KnownMember, password: string | undefined): Promise<void> {
    if (known.passwordHash === null) {
      if (isFresh(principal)) return;
      throw currentPassword('cannot be asked for: sign out, sign in again, and choose a password then');
    }
    if (password === undefined) throw currentPassword('is missing');
    if (!(await this.#parts.guard.isOf(known, password))) throw currentPassword('is wrong');
  }

  async #shown(memberId: string, position: Position): Promise<OwnMember> {
    await this.#parts.writes.shown(position);
    return this.#parts.queries.execute(new GetOwnMember(memberId));
  }
}

/** The session from which a member acts: the next one as soon as a new password has ended the present one. */
type OwnSession = Pick<Principal, 'memberId' | 'sessionId'>;

/** The session in place of those that a new password ends; it dates from the password itself, and is the same for a repeat. */
function nextSession(
  { commandId, now }: CommandMeta,
  { userAgent }: Asking,
): NonNullable<ChangeProfile['data']['session']> {
  const sessionId = deriveId(commandId, 'session');
  return { sessionId, expiresAt: endOfSession(new Date(now)), device: deviceOf(userAgent) };
}

function currentPassword(message: string): DomainError {
  return new DomainError('invalid', `currentPassword ${message}.`, [{ field: 'currentPassword', message }]);
}
