import type { QueryBus } from '@nestjs/cqrs';
import type { NewDecision, SanctionWish } from '../../libs/client/index.ts';
import { type DomainError, deriveId, type Position } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import type { Principal } from '../access/principal.ts';
import { ChangedSince } from '../domain/comment/decision.commands.ts';
import { GetCommentsBy } from '../views/moderation-queue/queue.query-types.ts';
import { DecidedAlready } from './decided-already.ts';
import { type Moderating, reasonAndNote, refused } from './moderating.ts';

export interface RemovalParts {
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly moderating: Pick<Moderating, 'decideBecause'>;
}

type Removal = NewDecision & { readonly commentId: string };

/** The moderator who removes, and the sanction that the removal is part of. */
interface Cause {
  readonly commandId: string;
  readonly bulkId: string;
}

const WEEK_MS = 7 * 24 * 3_600_000;
const PAGE = 100;

/** The comments that are removed with a sanction, each by a decision of its own, all in one bulk. */
export class CommentRemovals {
  readonly #parts: RemovalParts;

  constructor(parts: RemovalParts) {
    this.#parts = parts;
  }

  /** Gives the position of the newest decision, 0 without any. A refused decision does not stop the others. */
  async of(memberId: string, wish: SanctionWish, principal: Principal, asking: Asking): Promise<Position> {
    const { removeComments = 'none' } = wish;
    if (removeComments === 'none') return 0n;
    const since = removeComments === 'all' ? 0 : Date.now() - WEEK_MS;
    const { commandId } = asking;
    const cause = { commandId, bulkId: deriveId(commandId, 'bulk') };
    const { reason } = reasonAndNote(wish);
    let newest: Position = 0n;
    for await (const { id: commentId, revision, createdAt } of this.#commentsOf(memberId)) {
      if (Date.parse(createdAt) < since) break;
      const removal = { commentId, revision, action: 'remove', ...(reason === null ? {} : { reason }) } as const;
      newest = (await this.#remove(removal, cause, principal, asking)) ?? newest;
    }
    return newest;
  }

  /**
   * Removes the comment with its newest text, even while its author edits it: each failed round is another edit, and a
   * comment has a limited number of them. Null when somebody else has decided on it or removed it; that decision
   * stands.
   */
  async #remove(removal: Removal, cause: Cause, principal: Principal, asking: Asking): Promise<Position | null> {
    for (let next: number | null = removal.revision; next !== null; ) {
      const wish: Removal = { ...removal, revision: next };
      const answer = await this.#parts.moderating.decideBecause(cause, wish, principal, asking).catch(refused);
      if (!(answer instanceof Error)) return BigInt(answer.position);
      next = revisionToTry(answer, next);
    }
    return null;
  }

  /** The comments that readers see, newest first. */
  async *#commentsOf(memberId: string) {
    let cursor: string | null = null;
    do {
      const wish: GetCommentsBy = new GetCommentsBy(memberId, null, { limit: PAGE, cursor });
      const page = await this.#parts.queries.execute(wish);
      yield* page.items.filter(({ status }) => status !== 'removed' && status !== 'erased');
      cursor = page.next;
    } while (cursor !== null);
  }
}

/**
 * The newest revision of a comment that changed meanwhile, or the same revision again when many write to the comment at
 * once; otherwise null.
 */
function revisionToTry(error: DomainError, tried: number): number | null {
  const refusal = error instanceof DecidedAlready ? error.refusal : error;
  if (refusal instanceof ChangedSince) return refusal.newest;
  return refusal.code === 'conflict' && refusal.retryAfterSeconds !== undefined ? tried : null;
}
