import type { QueryBus } from '@nestjs/cqrs';
import { deriveId, linkUsed, type Position } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { networkOf } from '../access/network.ts';
import { commandMeta } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { FoundLink, LinkLookup } from '../commands/link-lookup.ts';
import type { MemberLookup } from '../commands/member-lookup.ts';
import { TakeBackErasure } from '../domain/erasure/erasure.commands.ts';
import { UseLink } from '../domain/link/link.commands.ts';
import { FindErasure } from '../views/erasures/erasures.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';

const PURPOSES = ['stay'] as const;

export interface StayingParts {
  readonly links: LinkLookup;
  readonly limits: RateLimits;
  readonly writes: ForumWrites;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly lookup: Pick<MemberLookup, 'erasureIdOf'>;
}

/**
 * What the link in the letter about an erasure does: it takes back the erasure of which the letter told, once, without
 * signing in. Looking at it changes nothing, since mail scanners open every link.
 */
export class Staying {
  readonly #parts: StayingParts;

  constructor(parts: StayingParts) {
    this.#parts = parts;
  }

  /** The handle of the member who would stay. Throws DomainError link_not_found, link_used, link_expired, rate_limited. */
  async see(token: string, { address }: Asking): Promise<string> {
    await this.#parts.limits.take('link-use', networkOf(address));
    const link = await this.#find(token, null);
    await this.#erasureOf(link);
    return link.member.handle;
  }

  /** Throws DomainError conflict for an erasure that has begun, and as `see` does. */
  async takeBack(token: string, asking: Asking): Promise<{ readonly handle: string; readonly position: Position }> {
    const { limits, writes } = this.#parts;
    await limits.take('link-use', networkOf(asking.address));
    const useId = deriveId(asking.commandId, 'use-link');
    const link = await this.#find(token, useId);
    const { linkId, hash, member } = link;
    const erasureId = await this.#erasureOf(link);
    const meta = commandMeta({ memberId: member.memberId }, asking.commandId, asking.correlationId);
    // Whoever dies between the two presses once more; the other way round the link would be gone for nothing.
    await writes.send(new TakeBackErasure({ erasureId, because: 'asked' }, meta));
    const use = new UseLink({ linkId, hash, purposes: PURPOSES }, { ...meta, commandId: useId });
    return { handle: member.handle, position: (await writes.send(use)).position };
  }

  /** Whether the erasure of the link's letter was taken back, by the link or otherwise. */
  async wasTakenBack(token: string): Promise<boolean> {
    const { links, queries, lookup } = this.#parts;
    if ((await links.usedBy(token, PURPOSES)) !== null) return true;
    const { member } = await this.#find(token, null);
    return (await queries.execute(new FindErasure(lookup.erasureIdOf(member.memberId))))?.state === 'taken-back';
  }

  #find(token: string, commandId: string | null): Promise<FoundLink> {
    return this.#parts.links.find(token, { purposes: PURPOSES, now: new Date().toISOString(), commandId });
  }

  /** A link serves the erasure of its letter alone: for one that was asked for later there is another letter. */
  async #erasureOf({ member, since, isRepeat }: FoundLink): Promise<string> {
    const { queries, lookup } = this.#parts;
    const erasureId = lookup.erasureIdOf(member.memberId);
    const known = await queries.execute(new FindErasure(erasureId));
    const isSame = known !== null && known.requestedAt === since;
    if (!isRepeat && (!isSame || known.state === 'taken-back')) throw linkUsed();
    return erasureId;
  }
}
