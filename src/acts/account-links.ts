import { type CommandMeta, DomainError, deriveId, linkUsed, type Position, stepOf } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { networkOf } from '../access/network.ts';
import { ownPath } from '../access/own-path.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { Credentials } from '../access/sign-in/credentials.ts';
import type { SignInOrigin } from '../access/sign-in/sign-in-guard.ts';
import type { EmailConfirming } from '../commands/confirm-email.ts';
import type { FoundLink, LinkLookup } from '../commands/link-lookup.ts';
import type { KnownMember, MemberLookup } from '../commands/member-lookup.ts';
import type { MemberRegistration } from '../commands/register-member.ts';
import { TakeBackWithAccount } from '../domain/erasure/erasure.commands.ts';
import { RequestLink, UseLink } from '../domain/link/link.commands.ts';
import type { LinkPurpose } from '../domain/link/link.events.ts';
import { isSameAddress } from '../domain/member/email.ts';
import { ChangeProfile } from '../domain/member/member.commands.ts';
import { TakeBackAccount } from '../domain/member/take-back.commands.ts';
import type { Accounts } from './accounts.ts';
import type { BannedMailboxes } from './banned-mailboxes.ts';
import type { ForumWrites } from './forum-writes.ts';
import { letterAllowanceOf } from './letter-allowance.ts';
import type { FirstFactor, SessionOpening, SignedIn } from './session-opening.ts';

export interface AccountLinkParts {
  readonly links: LinkLookup;
  readonly confirming: EmailConfirming;
  readonly banned: BannedMailboxes;
  readonly registration: Pick<MemberRegistration, 'refuseGuessable'>;
  readonly credentials: Credentials;
  readonly accounts: Pick<Accounts, 'sendConfirmation'>;
  readonly opening: SessionOpening;
  readonly members: Pick<MemberLookup, 'byId' | 'waysInOf' | 'addressToReturnTo' | 'erasureIdOf'>;
  readonly limits: RateLimits;
  readonly writes: ForumWrites;
}

/** A link and the member whom it serves, as its page shows them before the press. */
export interface SeenLink {
  readonly purpose: LinkPurpose;
  readonly handle: string;
  /** Empty for a member without an address. */
  readonly email: string;
  /** Whether the member has confirmed its address. */
  readonly isConfirmed: boolean;
  /** Whether signing in needs a code of the second factor too. */
  readonly asksForCode: boolean;
}

export interface LinkSignIn {
  readonly code: string | undefined;
  readonly from: SignInOrigin;
  readonly asking: Asking;
  /** When this browser was shown the form that it sends; null for what came from no such form. */
  readonly shownAt: Date | null;
}

/** Whose address is confirmed, and the path of this forum from which the member came to register. */
export interface ConfirmedAddress {
  readonly memberId: string;
  readonly handle: string;
  readonly next: string;
}

/** What a link to choose a new password makes of the member's address. */
interface ProvedAddress {
  readonly before: string | null;
  readonly email: string | null;
  readonly confirms: boolean;
}

/** A page for new passwords serves both. */
const PASSWORD_LINKS = ['reset', 'way-back'] as const;
/** How often an account is taken back whose address changes meanwhile. */
const MOST_ATTEMPTS = 4;
/** A page for addresses, the registered one and another that the member wants, serves both. */
const CONFIRM_LINKS = ['confirm', 'change-email'] as const;

/**
 * What the links in mails do: confirm an address, replace a forgotten password, sign in. Looking at a link changes
 * nothing, since mail scanners open every link.
 */
export class AccountLinks {
  readonly #parts: AccountLinkParts;

  constructor(parts: AccountLinkParts) {
    this.#parts = parts;
  }

  /**
   * Records that somebody asked for a link for the address. Nobody looks whether it has an account until the mail is
   * made, so work, events and answer are the same. Throws DomainError invalid and rate_limited.
   */
  async ask(
    wish: { readonly purpose: 'reset' | 'sign-in'; readonly email: string; readonly next?: string | undefined },
    asking: Asking,
  ): Promise<Position> {
    const { limits, credentials, writes } = this.#parts;
    await limits.take('link', networkOf(asking.address));
    const { purpose, email } = wish;
    await limits.take('link-email', `${purpose} ${credentials.nameOf(email)}`);
    const next = wish.next === undefined ? null : ownPath(wish.next);
    const linkId = deriveId(asking.commandId, 'link');
    const meta = commandMeta(null, asking.commandId, asking.correlationId);
    const request = new RequestLink({ linkId, purpose, memberId: null, email, next, since: null }, meta);
    return (await writes.send(request)).position;
  }

  /** Sends the confirmation again. Throws DomainError rate_limited. */
  async askConfirmation({ memberId }: Principal, asking: Asking): Promise<Position> {
    const { limits, credentials, members } = this.#parts;
    await limits.take('link-member', memberId);
    const email = (await members.byId(memberId))?.email ?? null;
    if (email !== null) await limits.take('confirmation-email', letterAllowanceOf(email, credentials));
    return (await this.#parts.accounts.sendConfirmation(memberId, asking)).position;
  }

  /** Throws DomainError link_not_found, link_used, link_expired, rate_limited. */
  async see(token: string, purposes: readonly LinkPurpose[], { address }: Asking): Promise<SeenLink> {
    await this.#parts.limits.take('link-use', networkOf(address));
    const { purpose, member, email } = await this.#find(token, purposes, null);
    const asksForCode = purpose === 'sign-in' && (await this.#hasSecondFactor(member.memberId));
    const { handle, emailConfirmed: isConfirmed } = member;
    return { purpose, handle, email: email ?? member.email ?? '', isConfirmed, asksForCode };
  }

  /**
   * The confirmed address that a link, used or run out, was to confirm, when its member still has it; null for every
   * other link.
   */
  async confirmedBy(token: string): Promise<ConfirmedAddress | null> {
    const held = await this.#parts.links.heldBy(token, CONFIRM_LINKS);
    if (held === null || !held.member.emailConfirmed) return null;
    const { email } = held.member;
    const isKept = held.email === null || (email !== null && isSameAddress(email, held.email));
    return isKept ? confirmedOf(held) : null;
  }

  /** The page from which a link for a password or a sign-in was asked for, also of one that was used or ran out. */
  async nextOf(token: string): Promise<string> {
    const held = await this.#parts.links.heldBy(token, [...PASSWORD_LINKS, 'sign-in']);
    return ownPath(held?.next);
  }

  /**
   * Throws DomainError email_taken when another account has confirmed the address meanwhile, banned_address, and as `see`
   * does.
   */
  async confirm(token: string, asking: Asking): Promise<ConfirmedAddress> {
    await this.#parts.limits.take('link-use', networkOf(asking.address));
    const { confirming, writes } = this.#parts;
    const useId = deriveId(asking.commandId, 'use-link');
    const link = await this.#find(token, CONFIRM_LINKS, useId);
    const { member } = link;
    const { memberId } = member;
    const meta = this.#metaOf(member, asking);
    const wanted = link.purpose === 'change-email' ? link.email : null;
    await this.#parts.banned.refuse(wanted ?? member.email, memberId);
    await confirming.reserve({ memberId, email: wanted ?? member.email }, meta);
    await this.#use(link, CONFIRM_LINKS, { ...meta, commandId: useId });
    const { position } =
      wanted === null
        ? await confirming.confirm(member, meta)
        : await confirming.change({ memberId, email: wanted, linkId: link.linkId }, meta);
    await writes.shown(position);
    return confirmedOf(link);
  }

  /**
   * A new password ends every session; a way back also takes off what was added since the change. Whoever reads the mails of an
   * address that was never confirmed confirms it so, and finds nothing that was added before. A repeat with another
   * password is refused, since it changes nothing. Throws DomainError invalid, conflict, and as `see` does.
   */
  async reset(token: string, password: string, asking: Asking): Promise<Position> {
    await this.#parts.limits.take('link-use', networkOf(asking.address));
    const link = await this.#find(token, PASSWORD_LINKS, deriveId(asking.commandId, 'use-link'));
    await this.#parts.registration.refuseGuessable(password, link.member);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#choose(token, password, asking);
      } catch (error) {
        // Whoever has the account may just have changed its address; the owner's link is used up and must not fail for it.
        if (attempt === MOST_ATTEMPTS || !takesBack(link) || !isConflict(error)) throw error;
      }
    }
  }

  async #choose(token: string, password: string, asking: Asking): Promise<Position> {
    const { credentials, members, writes } = this.#parts;
    const useId = deriveId(asking.commandId, 'use-link');
    const link = await this.#find(token, PASSWORD_LINKS, useId);
    const { member } = link;
    const { memberId } = member;
    const address = await this.#provedAddress(link, asking);
    const passwordHash = await credentials.hash(password, { ...member, email: address.email ?? member.email });
    // The account may have been taken back while the password was hashed.
    await this.#find(token, PASSWORD_LINKS, useId);
    const meta = this.#metaOf(member, asking);
    await this.#use(link, PASSWORD_LINKS, { ...meta, commandId: useId });
    const { linkId, since } = link;
    const { before, email, confirms } = address;
    const change = takesBack(link)
      ? new TakeBackAccount({ memberId, passwordHash, linkId, since, before, email }, meta)
      : new ChangeProfile({ memberId, passwordHash, passwordSince: member.passwordSince }, meta);
    const { position, repeated } = await writes.send(change);
    if (repeated && !(await credentials.isOf(await members.byId(memberId), password))) throw linkUsed();
    if (takesBack(link)) await this.#takeErasureBack(link, meta);
    if (!confirms) return position;
    return (await this.#parts.confirming.confirm({ memberId, email: member.email }, meta)).position;
  }

  /** What was asked for in the member's name goes with what was added: of the same time. */
  async #takeErasureBack({ member: { memberId, emailConfirmed }, since }: FoundLink, meta: CommandMeta): Promise<void> {
    const erasureId = this.#parts.members.erasureIdOf(memberId);
    const undone = emailConfirmed ? since : null;
    await this.#parts.writes.send(
      new TakeBackWithAccount({ erasureId, memberId, since: undone }, stepOf(meta, 'take-erasure-back')),
    );
  }

  /**
   * The address that the member has from now on, reserved: the one from before the change, or its own where the link is
   * the first proof of it. An address that is another account's now is neither had again nor confirmed.
   */
  async #provedAddress(link: FoundLink, asking: Asking): Promise<ProvedAddress> {
    const { member } = link;
    const { memberId } = member;
    const before = await this.#parts.members.addressToReturnTo(memberId, link);
    const wanted = before ?? (member.emailConfirmed ? null : member.email);
    if (wanted === null || !takesBack(link)) return { before, email: null, confirms: false };
    try {
      if (before === null) await this.#parts.banned.refuse(wanted, memberId);
      await this.#parts.confirming.reserve({ memberId, email: wanted }, this.#metaOf(member, asking));
      return { before, email: before, confirms: before === null };
    } catch (error) {
      const isTaken = error instanceof DomainError && ['email_taken', 'banned_address'].includes(error.code);
      if (isTaken) return { before, email: null, confirms: false };
      throw error;
    }
  }

  /**
   * A link alone is one factor: where the member has a second one, the link is used up with its code. A repeat from the same
   * page in the same browser gives the same session while that lives, and nothing else does.
   * Throws DomainError second_factor_required, second_factor_failed, banned, and as `see` does.
   */
  async signIn(token: string, wish: LinkSignIn): Promise<SignedIn & { readonly next: string }> {
    const { code, from, asking, shownAt } = wish;
    await this.#parts.limits.take('link-use', networkOf(asking.address));
    const useId = deriveId(asking.commandId, 'use-link');
    const link = await this.#find(token, ['sign-in'], useId);
    const { memberId } = link.member;
    const use = () => this.#use(link, ['sign-in'], { ...this.#metaOf(link.member, asking), commandId: useId });
    const next = ownPath(link.next);
    const shown = { lastEnd: link.member.lastEnd };
    const opened = { way: 'link', shown, sessionId: deriveId(link.linkId, 'session') } as const;
    const again = async () => ({ ...(await this.#again(memberId, { ...opened, at: shownAt }, from)), next });
    if (link.isRepeat) return again();
    const first = { ...opened, at: new Date() };
    if (!(await this.#hasSecondFactor(memberId))) {
      await use();
      try {
        return { ...(await this.#parts.opening.open(memberId, { ...first, proof: null }, from)), next };
      } catch (error) {
        if (error instanceof DomainError && error.code === 'login_failed') return again();
        throw error;
      }
    }
    const signedIn = await this.#parts.opening.enterWithCode(memberId, first, code, from);
    await use();
    return { ...signedIn, next };
  }

  /** The session dates from the showing of its form, so that a password chosen since has ended it. */
  async #again(
    memberId: string,
    { at, ...opened }: Omit<FirstFactor, 'at' | 'sessionId'> & { readonly sessionId: string; readonly at: Date | null },
    from: SignInOrigin,
  ): Promise<SignedIn> {
    const signedIn = at === null ? null : await this.#parts.opening.openedBefore(memberId, { ...opened, at }, from);
    if (signedIn === null) throw linkUsed();
    return signedIn;
  }

  /** Uses up a link to sign in as the proof that its member is there. Throws `link_not_found` for another's, and as `see` does. */
  async proveOwner(token: string, { memberId }: Principal, asking: Asking): Promise<void> {
    await this.#parts.limits.take('link-use', networkOf(asking.address));
    const useId = deriveId(asking.commandId, 'use-link');
    const link = await this.#find(token, ['sign-in'], useId);
    if (link.member.memberId !== memberId) throw new DomainError('link_not_found', 'This link is not known.');
    await this.#use(link, ['sign-in'], { ...this.#metaOf(link.member, asking), commandId: useId });
  }

  async #hasSecondFactor(memberId: string): Promise<boolean> {
    const ways = await this.#parts.members.waysInOf(memberId, new Date().toISOString());
    return ways?.secondFactorOn ?? false;
  }

  #find(token: string, purposes: readonly LinkPurpose[], commandId: string | null): Promise<FoundLink> {
    return this.#parts.links.find(token, { purposes, now: new Date().toISOString(), commandId });
  }

  async #use({ linkId, hash }: FoundLink, purposes: readonly LinkPurpose[], meta: CommandMeta): Promise<void> {
    await this.#parts.writes.send(new UseLink({ linkId, hash, purposes }, meta));
  }

  #metaOf({ memberId }: KnownMember, { commandId, correlationId }: Asking): CommandMeta {
    return commandMeta({ memberId }, commandId, correlationId);
  }
}

function confirmedOf({ member, next }: Pick<FoundLink, 'member' | 'next'>): ConfirmedAddress {
  return { memberId: member.memberId, handle: member.handle, next: ownPath(next) };
}

function isConflict(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'conflict';
}

/** A link to choose a new password is the first proof of an address that nobody confirmed. */
function takesBack({ since, member }: Pick<FoundLink, 'since' | 'member'>): boolean {
  return since !== null || !member.emailConfirmed;
}
