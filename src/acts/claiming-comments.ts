import { setTimeout as after } from 'node:timers/promises';
import type { QueryBus } from '@nestjs/cqrs';
import pLimit from 'p-limit';
import type { ClaimableOf, Comment, Post } from '../../libs/client/index.ts';
import { DomainError, deriveId, type Position } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { ClaimableComment, ClaimableComments } from '../commands/claimable-comments.ts';
import type { MemberLookup } from '../commands/member-lookup.ts';
import type { TakingPart } from '../commands/taking-part.ts';
import { ClaimComment } from '../domain/comment/comment.commands.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import { GetComment } from '../views/thread/thread.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';
import { unlessGone } from './unless-gone.ts';

export interface ClaimingParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly members: Pick<MemberLookup, 'byConfirmed' | 'byId'>;
  readonly claimable: Pick<ClaimableComments, 'of'>;
  readonly takingPart: Pick<TakingPart, 'require'>;
  readonly queries: Pick<QueryBus, 'execute'>;
}

/** A comment that may be the member's, as everybody reads it. */
export interface OfferedComment {
  readonly comment: Comment;
  readonly post: Post;
}

/** What a member is shown before the press. */
export interface Offer {
  readonly isConfirmed: boolean;
  readonly counts: readonly ClaimableOf[];
  /** The first ones that everybody reads. */
  readonly some: readonly OfferedComment[];
}

/** What one press has claimed. */
interface Claimed {
  readonly claimed: number;
  /** Of the last one; 0n for none. */
  readonly position: Position;
}

/** Comments that are on their way to the log at once. */
const AT_ONCE = 32;
/** Comments that are shown before the press, and how many are looked at for them, since some are not for readers. */
const SHOWN = 5;
const LOOKED_AT = 4 * SHOWN;
/** The first look reads the whole log; whoever asks for the number alone waits no longer than this, in milliseconds. */
const MOST_WAITED_MS = 1_000;

/** How members take imported comments, and those that they wrote as guests, as theirs: by the address that they confirmed. */
export class ClaimingComments {
  readonly #parts: ClaimingParts;

  constructor(parts: ClaimingParts) {
    this.#parts = parts;
  }

  /** Empty for a member whose address is not confirmed. Throws DomainError rate_limited. */
  async claimable(principal: Principal): Promise<readonly ClaimableOf[]> {
    return countsOf((await this.#find(principal)).comments);
  }

  /** The same with some of the comments, for whoever is to know them again. Throws DomainError rate_limited. */
  async offer(principal: Principal): Promise<Offer> {
    const { email, comments } = await this.#find(principal);
    const looked = await Promise.all(comments.slice(0, LOOKED_AT).map(({ commentId }) => this.#shown(commentId)));
    const some = looked.filter((one) => one !== null).slice(0, SHOWN);
    return { isConfirmed: email !== '', counts: countsOf(comments), some };
  }

  /** How many comments the member may take; null while that is not known. */
  async waitingFor(memberId: string): Promise<number | null> {
    const stop = new AbortController();
    const late = after(MOST_WAITED_MS, null, { signal: stop.signal, ref: false }).catch(() => null);
    const counted = this.#ownOf(memberId).then(({ comments }) => comments.length);
    return Promise.race([counted, late]).finally(() => stop.abort());
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

  /** Null where readers do not see it. */
  async #shown(commentId: string): Promise<OfferedComment | null> {
    const { queries } = this.#parts;
    const comment = await unlessGone(queries.execute(new GetComment(commentId, null)));
    if (comment === null) return null;
    const post = await unlessGone(queries.execute(new GetPost(comment.postId, null, new Date().toISOString())));
    return post === null ? null : { comment, post };
  }

  async #find({ memberId }: Principal) {
    await this.#parts.limits.take('claim', memberId);
    return this.#ownOf(memberId);
  }

  async #ownOf(memberId: string) {
    const { members, claimable } = this.#parts;
    const email = (await members.byId(memberId))?.email ?? null;
    const isOwn = email !== null && (await members.byConfirmed(email))?.memberId === memberId;
    return isOwn ? { email, comments: await claimable.of(email) } : { email: '', comments: [] };
  }
}

function countsOf(comments: readonly ClaimableComment[]): readonly ClaimableOf[] {
  const counts = new Map<string | null, number>();
  for (const { source } of comments) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts].map(([source, count]) => ({ source, count }));
}

/** A comment that was erased or claimed meanwhile stops none of the others. */
function nothingRecorded(error: unknown): { readonly position: Position } {
  if (error instanceof DomainError && error.status === 404) return { position: 0n };
  throw error;
}
