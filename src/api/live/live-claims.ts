import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Claim } from '../../../libs/client/index.ts';
import type { Principal } from '../../access/principal.ts';
import { Claims, earlier, type Looking } from '../../acts/claims.ts';
import { STANDINGS, type Standings } from '../../views/members/members.query-types.ts';
import { GetSeen } from '../../views/moderation-queue/queue.query-types.ts';
import { Neighbours } from './neighbours.ts';
import type { Claimed } from './node-notice.ts';

/** A moderator's window. */
interface Window {
  readonly id: string;
}

interface Look {
  readonly commentId: string;
  readonly memberId: string;
}

/** Claims that last as long as the window in which a case is open, and the claims of other nodes. */
@Injectable()
export class LiveClaims implements OnModuleInit {
  readonly #neighbours: Pick<Neighbours, 'joinClaims' | 'claims' | 'changed'>;
  readonly #claims: Claims;
  readonly #standings: Pick<Standings, 'of'>;
  readonly #queries: Pick<QueryBus, 'execute'>;
  readonly #log = new Logger(LiveClaims.name);
  /** The case of each window. */
  readonly #looks = new Map<string, Look>();
  #hearing: Promise<void> = Promise.resolve();

  constructor(
    @Inject(Neighbours) neighbours: Pick<Neighbours, 'joinClaims' | 'claims' | 'changed'>,
    @Inject(Claims) claims: Claims,
    @Inject(STANDINGS) standings: Pick<Standings, 'of'>,
    @Inject(QueryBus) queries: Pick<QueryBus, 'execute'>,
  ) {
    this.#neighbours = neighbours;
    this.#claims = claims;
    this.#standings = standings;
    this.#queries = queries;
  }

  onModuleInit(): void {
    this.#neighbours.joinClaims({ own: () => this.#own(), heard: () => this.#heard() });
    this.#claims.onChange(() => this.#neighbours.changed());
  }

  /**
   * Records that the window shows this case and no other, and gives the moderator who looks at it. A repeat renews the
   * claim. Throws DomainError comment_not_found.
   */
  async claim(window: Window, commentId: string | null, member: Principal): Promise<Claim | null> {
    const { memberId, handle, displayName } = member;
    const before = this.#looks.get(window.id);
    if (before !== undefined && before.commentId !== commentId) this.left(window);
    if (commentId === null) return null;
    const look = { commentId, memberId };
    this.#looks.set(window.id, look);
    if (before?.commentId !== commentId) await this.#queries.execute(new GetSeen(commentId));
    const there = this.#claims.of(commentId);
    // The window may have closed meanwhile, or show something else.
    if (this.#looks.get(window.id) !== look || (there !== null && there.by.id !== memberId)) return there;
    return this.#claims.claim(commentId, { id: memberId, handle, displayName });
  }

  /** The window was closed, or shows another case. The claim ends with its member's last window at the case. */
  left(window: Window): void {
    const look = this.#looks.get(window.id);
    if (look === undefined || !this.#looks.delete(window.id)) return;
    const { commentId, memberId } = look;
    const stays = [...this.#looks.values()].some((one) => one.commentId === commentId && one.memberId === memberId);
    if (!stays) this.#claims.release(commentId, memberId);
  }

  *#own(): Iterable<Claimed> {
    for (const [commentId, { by, since, until }] of this.#claims.here()) {
      yield { commentId, memberId: by.id, since, until };
    }
  }

  /**
   * Names are looked up here, since they are personal and are not sent between nodes; one after the other, so that the
   * newest is sent last.
   */
  #heard(): void {
    this.#hearing = this.#hearing
      .then(async () => this.#claims.hear(await this.#elsewhere()))
      .catch((failure: unknown) => this.#log.error(`claims of other nodes could not be read: ${failure}`));
  }

  async #elsewhere(): Promise<ReadonlyMap<string, Looking>> {
    const found = new Map<string, Looking>();
    for (const { commentId, memberId, since, until } of this.#neighbours.claims()) {
      const standing = await this.#standings.of(memberId);
      if (standing === undefined) continue;
      const { handle, displayName } = standing;
      const looking = { by: { id: memberId, handle, displayName }, since, until };
      const known = found.get(commentId);
      found.set(commentId, known ? earlier(known, looking) : looking);
    }
    return found;
  }
}
