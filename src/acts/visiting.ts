import type { QueryBus } from '@nestjs/cqrs';
import { deriveId, type Position } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal, viewerOf } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { KeepVisit, TurnVisits } from '../domain/visit/visit.commands.ts';
import type { Visit } from '../domain/visit/visit.events.ts';
import { GetIgnored, HasUnreadIn } from '../views/notifications/notifications.query-types.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import { AreVisitsKept, GetNewComments, GetVisits } from '../views/shelf/shelf.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';
import type { ShelfNames } from './shelf-names.ts';

export interface VisitingParts {
  readonly writes: Pick<ForumWrites, 'send'>;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly names: ShelfNames;
  /** The position that the views show. */
  readonly shown: () => Position;
}

type Reader = Pick<Principal, 'memberId' | 'roles'>;

/** Milliseconds within which a reader who comes back is still on the same visit. */
export const VISIT_MS = 30 * 60_000;

interface ReadUpTo {
  readonly postId: string;
  readonly upTo: Position;
}

/** Where members stopped reading, for all their devices. */
export class Visiting {
  readonly #parts: VisitingParts;

  constructor(parts: VisitingParts) {
    this.#parts = parts;
  }

  isKept(memberId: string): Promise<boolean> {
    return this.#parts.queries.execute(new AreVisitsKept(memberId));
  }

  /** Null where none is kept. */
  async visitOf(postId: string, memberId: string): Promise<Visit | null> {
    const visitId = this.#idOf(postId, memberId);
    return (await this.#parts.queries.execute(new GetVisits(memberId, [visitId]))).get(visitId) ?? null;
  }

  /** How many comments are new in each of these discussions; those that were never read are missing. */
  async newIn(postIds: readonly string[], memberId: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const ids = postIds.map((postId) => this.#idOf(postId, memberId));
    const visits = await this.#parts.queries.execute(new GetVisits(memberId, ids));
    const found = new Map<string, readonly string[]>();
    for (const { postId, position } of visits.values()) {
      found.set(postId, await this.newAfter(postId, BigInt(position), memberId));
    }
    return found;
  }

  /** Those whom the member ignores write nothing that is new to it. */
  async newAfter(postId: string, after: Position, memberId: string): Promise<readonly string[]> {
    const ignored = await this.#parts.queries.execute(new GetIgnored(memberId));
    return this.#parts.queries.execute(new GetNewComments({ postId, after, notBy: [memberId, ...ignored] }));
  }

  /**
   * Keeps the visit when it is another one, or others had written since. Nobody waits for it, and it may fail: a mark
   * is no promise.
   */
  async keep(visit: Visit, known: Visit | null, by: Reader): Promise<void> {
    if (known !== null && !(await this.#isWorthKeeping(visit, known, by.memberId))) return;
    if (await this.isKept(by.memberId)) await this.#record(visit, by);
  }

  /**
   * Goes on with a visit while its discussion is read, so its marks stay. Gives the position of what was recorded; null where
   * there was nothing to read, or no visit is kept.
   */
  async readOn({ postId, upTo }: ReadUpTo, by: Reader): Promise<Position | null> {
    const known = await this.visitOf(postId, by.memberId);
    const position = this.#shownUpTo(upTo);
    const after = BigInt(known?.position ?? 0);
    if (known === null || position <= after || !(await this.#hasNews(postId, after, by.memberId))) return null;
    return this.#record({ ...known, position: String(position), at: new Date().toISOString() }, by);
  }

  /**
   * Begins a visit where the discussion is seen, which in a frame comes after its page was made, or goes on with it as a page
   * of the forum does. Null where nothing is kept. Throws DomainError post_not_found.
   */
  async begin({ postId, upTo }: ReadUpTo, by: Reader): Promise<Position | null> {
    const now = new Date();
    await this.#parts.queries.execute(new GetPost(postId, viewerOf(by), now.toISOString()));
    const known = await this.visitOf(postId, by.memberId);
    const position = this.#shownUpTo(upTo);
    const before = known && (await this.#endedBefore(known, now, by.memberId));
    const visit = { postId, position: String(position), at: now.toISOString(), before };
    if (known !== null && !(await this.#isWorthKeeping(visit, known, by.memberId))) return null;
    return (await this.isKept(by.memberId)) ? this.#record(visit, by) : null;
  }

  /** What came since the last look is another visit, at whatever time. */
  async #endedBefore({ postId, position, at, before }: Visit, now: Date, memberId: string): Promise<Visit['before']> {
    const isSame = now.getTime() - Date.parse(at) < VISIT_MS;
    if (isSame && (await this.newAfter(postId, BigInt(position), memberId)).length === 0) return before;
    return { position, at };
  }

  #shownUpTo(upTo: Position): Position {
    const shown = this.#parts.shown();
    return upTo < shown ? upTo : shown;
  }

  async #record(visit: Visit, by: Reader): Promise<Position | null> {
    const visitId = this.#idOf(visit.postId, by.memberId);
    // Two pages at once are one visit.
    const meta = commandMeta(by, deriveId(visitId, visit.position, visit.before?.position ?? ''));
    try {
      await this.#parts.limits.take('visit', by.memberId);
      return (await this.#parts.writes.send(new KeepVisit({ by, visitId, visit }, meta))).position;
    } catch {
      // The next page tries again.
      return null;
    }
  }

  async turn(kept: boolean, by: Principal, { commandId, correlationId }: Asking): Promise<Position> {
    await this.#parts.limits.take('attention', by.memberId);
    const meta = commandMeta(by, commandId, correlationId);
    return (await this.#parts.writes.send(new TurnVisits({ by, kept }, meta))).position;
  }

  /** A visit that goes on begins anew with each look that finds something new: see `Visits`. */
  async #isWorthKeeping({ postId, position, before }: Visit, known: Visit, memberId: string): Promise<boolean> {
    const after = BigInt(known.position);
    if (BigInt(position) <= after) return false;
    if (before?.position !== known.before?.position) return true;
    return this.#parts.queries.execute(new HasUnreadIn({ memberId, postId, after }));
  }

  async #hasNews(postId: string, after: Position, memberId: string): Promise<boolean> {
    if ((await this.newAfter(postId, after, memberId)).length > 0) return true;
    return this.#parts.queries.execute(new HasUnreadIn({ memberId, postId, after }));
  }

  #idOf(postId: string, memberId: string): string {
    return this.#parts.names.kept(memberId, ['visit', postId]);
  }
}
