import type { EventStore } from '../../libs/event-store/index.ts';
import { deriveId, linkUsed } from '../../libs/kernel/index.ts';
import { inForumWords, StreamFolds } from '../../libs/nest-decider/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import { type LinkState, linkDecider, linkNotFound, type UsableLink, usableLink } from '../domain/link/link.decider.ts';
import type { LinkEvent, LinkPurpose } from '../domain/link/link.events.ts';
import { isEndedWayBack } from '../domain/member/ways-back.rules.ts';
import { decoders } from './decoders.ts';
import { type LinkToken, linkTokenIn } from './link-token.ts';
import type { KnownMember, MemberLookup } from './member-lookup.ts';
import { streams } from './streams.ts';

export interface FoundLink extends UsableLink, LinkToken {
  /** True when the asking command has used the link already: a repeat of what succeeded, or broke off. */
  readonly isRepeat: boolean;
  readonly member: KnownMember;
}

/** A link whose secret somebody holds, whatever became of it. */
export interface HeldLink {
  readonly member: KnownMember;
  /** The address that was given with the request; null for the member's own. */
  readonly email: string | null;
  readonly used: boolean;
  /** The path to go to afterwards. */
  readonly next: string | null;
}

/** A link of these purposes serves the member as it was when the link was asked for. */
const ENDED_BY_CHANGES: readonly LinkPurpose[] = ['reset', 'sign-in', 'change-email'];

/** Reads links from the log itself, without using them. */
export class LinkLookup {
  readonly #links: StreamFolds<LinkState, LinkEvent>;
  readonly #members: Pick<MemberLookup, 'byId'>;

  constructor(store: EventStore, vault: Vault, members: Pick<MemberLookup, 'byId'>) {
    this.#members = members;
    this.#links = new StreamFolds({ store, vault }, { folding: linkDecider, decoder: decoders.link });
  }

  /**
   * A password or address chosen since the request makes earlier links worthless, as a password ends earlier sessions; a
   * way back ends those of later changes, and an address that is wanted no more has no link. `commandId` is that of the UseLink which may have been recorded before; null for one who only looks.
   * Throws DomainError link_not_found, link_used, link_expired, storage_unavailable.
   */
  async find(
    token: string,
    asked: { readonly purposes: readonly LinkPurpose[]; readonly now: string; readonly commandId: string | null },
  ): Promise<FoundLink> {
    const { purposes, now, commandId } = asked;
    const found = linkTokenIn(token);
    if (found === undefined) throw linkNotFound();
    const { state, positionOf } = await this.#load(found.linkId);
    const isRepeat = commandId !== null && positionOf(deriveId(commandId, 0)) !== undefined;
    const seen = isRepeat ? { ...state, used: false } : state;
    const link = usableLink(seen, { hash: found.hash, purposes, now });
    const member = await this.#members.byId(link.memberId);
    if (member === undefined) throw linkNotFound();
    const isOutdated = ENDED_BY_CHANGES.includes(link.purpose) && isOvertaken(link, member);
    const isUnwanted = link.purpose === 'change-email' && member.emailWantedBy !== found.linkId;
    const isEnded = isOutdated || isUnwanted || isEndedWayBack(member.waysBack, found.linkId, member.memberId);
    if (isEnded && !isRepeat) throw linkUsed();
    return { ...link, ...found, isRepeat, member };
  }

  /** The member and address that a used link served; null for every other link. Throws DomainError storage_unavailable. */
  async usedBy(token: string, purposes: readonly LinkPurpose[]): Promise<HeldLink | null> {
    const held = await this.heldBy(token, purposes);
    return held?.used === true ? held : null;
  }

  /**
   * Whom a link is for, also one that was used or ran out; null where the address was changed since an unused one was asked
   * for, and for every other link. Throws DomainError storage_unavailable.
   */
  async heldBy(token: string, purposes: readonly LinkPurpose[]): Promise<HeldLink | null> {
    const found = linkTokenIn(token);
    if (found === undefined) return null;
    const { state } = await this.#load(found.linkId);
    const memberId = state.issued.get(found.hash);
    if (memberId === undefined || !purposes.includes(state.purpose)) return null;
    const member = await this.#members.byId(memberId);
    const { used, email, requestedAt, next } = state;
    if (member === undefined || (!used && isLater(member.emailSince, requestedAt))) return null;
    return { member, email, used, next };
  }

  /**
   * Null for a link that nobody asked for, that was used or has run out, or that leads to an address which the member wants
   * no more: no mail is made of it.
   */
  async waiting(linkId: string, memberId: string | null, now: string): Promise<LinkState | null> {
    const { state } = await this.#load(linkId);
    const waits = state.linkId !== null && !state.used && Date.parse(now) < Date.parse(state.expiresAt);
    if (!waits || state.purpose !== 'change-email' || memberId === null) return waits ? state : null;
    return (await this.#members.byId(memberId))?.emailWantedBy === linkId ? state : null;
  }

  async #load(linkId: string) {
    try {
      return await this.#links.load(streams.link(linkId));
    } catch (error) {
      throw inForumWords(error);
    }
  }
}

/** By a password or an address. The log's order counts for a password, since the clocks of two nodes may tell another one. */
function isOvertaken(link: UsableLink, { passwordSince, passwordPosition, emailSince }: KnownMember): boolean {
  if (passwordPosition > link.requestedPosition) return true;
  return [passwordSince, emailSince].some((change) => isLater(change, link.requestedAt));
}

function isLater(one: string, other: string): boolean {
  return Date.parse(one) > Date.parse(other);
}
