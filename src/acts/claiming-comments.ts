import pLimit from 'p-limit';
import type { ClaimableOf } from '../../libs/client/index.ts';
import { DomainError, deriveId, type Position } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { ClaimableComments } from '../commands/claimable-comments.ts';
import type { MemberLookup } from '../commands/member-lookup.ts';
import type { TakingPart } from '../commands/taking-part.ts';
import { ClaimComment } from '../domain/comment/comment.commands.ts';
import type { ForumWrites } from './forum-writes.ts';

export interface ClaimingParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly members: Pick<MemberLookup, 'byConfirmed' | 'byId'>;
  readonly claimable: Pick<ClaimableComments, 'of'>;
  readonly takingPart: Pick<TakingPart, 'require'>;
}

/** What one press has claimed. */
interface Claimed {
  readonly claimed: number;
  /** Of the last one; 0n for none. */
  readonly position: Position;
}

/** Comments that are on their way to the log at once. */
const AT_ONCE = 32;

/** How members take imported comments, and those that they wrote as guests, as theirs: by the address that they confirmed. */
export class ClaimingComments {
  readonly #parts: ClaimingParts;

  constructor(parts: ClaimingParts) {
    this.#parts = parts;
  }

  /** Empty for a member whose address is not confirmed. Throws DomainError rate_limited. */
  async claimable(principal: Principal): Promise<readonly ClaimableOf[]> {
    const { comments } = await this.#find(principal);
    const counts = new Map<string | null, number>();
    for (const { source } of comments) counts.set(source, (counts.get(source) ?? 0) + 1);
    return [...counts].map(([source, count]) => ({ source, count }));
  }

  /**
   * A repeat claims what is left. Who may not post may not claim either, since readers
   * see it. Throws DomainError as taking part does, rate_limited, storage_unavailable.
   */
  async claim(principal: Principal, { correlationId }: Asking): Promise<Claimed> {
    const { memberId, roles } = principal;
    await this.#parts.takingPart.require(memberId);
    const { email, comments } = await this.#find(principal);
    const limit = pLimit(AT_ONCE);
    const claimOne = async (commentId: string): Promise<Position> => {
      const meta = commandMeta(principal, deriveId(memberId, 'ClaimComment', commentId), correlationId);
      const wish = new ClaimComment({ commentId, email, by: { memberId, roles } }, meta);
      return (await this.#parts.writes.send(wish).catch(nothingRecorded)).position;
    };
    const positions = await Promise.all(comments.map(({ commentId }) => limit(claimOne, commentId)));
    const position = positions.reduce((most, one) => (one > most ? one : most), 0n);
    return { claimed: positions.filter((one) => one > 0n).length, position };
  }

  async #find({ memberId }: Principal) {
    const { limits, members, claimable } = this.#parts;
    await limits.take('claim', memberId);
    const email = (await members.byId(memberId))?.email ?? null;
    const isOwn = email !== null && (await members.byConfirmed(email))?.memberId === memberId;
    return isOwn ? { email, comments: await claimable.of(email) } : { email: '', comments: [] };
  }
}

/** A comment that was erased or claimed meanwhile stops none of the others. */
function nothingRecorded(error: unknown): { readonly position: Position } {
  if (error instanceof DomainError && error.status === 404) return { position: 0n };
  throw error;
}
