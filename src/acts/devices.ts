import type { QueryBus } from '@nestjs/cqrs';
import type { OwnSession, Page } from '../../libs/client/index.ts';
import type { Position } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { openedAt } from '../access/sign-in/sessions.ts';
import { EndOtherSessions, EndSession } from '../domain/member/sessions.commands.ts';
import { GetOwnSessions } from '../views/ways-in/ways-in.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';

const DAY_MS = 86_400_000;

export interface DeviceParts {
  readonly limits: RateLimits;
  readonly writes: ForumWrites;
  readonly queries: Pick<QueryBus, 'execute'>;
  /** Days after which an unused session ends. */
  readonly idleDays: number;
}

/** The devices on which a member is signed in: looked at, and signed out one by one or all others at once. */
export class Devices {
  readonly #parts: DeviceParts;

  constructor(parts: DeviceParts) {
    this.#parts = parts;
  }

  /** A session that was seen on a day can be used for the limit of days after it, so one day more is listed. */
  list(
    principal: Principal,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Page<OwnSession>> {
    const { memberId, sessionId, sessionEndsAt } = principal;
    const seenSince = new Date(Date.now() - (this.#parts.idleDays + 1) * DAY_MS).toISOString().slice(0, 10);
    const present = { sessionId, openedAt: openedAt(principal), endsAt: sessionEndsAt };
    return this.#parts.queries.execute(new GetOwnSessions(memberId, present, { ...page, seenSince }));
  }

  /** Throws DomainError `session_not_found` for one that is not the member's own. */
  async end(principal: Principal, sessionId: string, asking: Asking): Promise<Position> {
    const { limits, writes } = this.#parts;
    await limits.take('profile', principal.memberId);
    const { memberId } = principal;
    const isPresent = sessionId === principal.sessionId;
    const wish = { memberId, sessionId, expiresAt: isPresent ? principal.sessionEndsAt : null };
    const { position } = await writes.send(new EndSession(wish, metaOf(principal, asking)));
    return position;
  }

  async endOthers(principal: Principal, asking: Asking): Promise<Position> {
    const { limits, writes } = this.#parts;
    await limits.take('profile', principal.memberId);
    const { memberId, sessionId } = principal;
    const { position } = await writes.send(new EndOtherSessions({ memberId, sessionId }, metaOf(principal, asking)));
    return position;
  }

  /**
   * Ends every session of a member, for one who lost a device and cannot come in; the log says which admin it was. Throws
   * DomainError `member_not_found`.
   */
  async endAllOf(memberId: string, admin: Principal, asking: Asking): Promise<Position> {
    const all = { memberId, sessionId: null };
    return (await this.#parts.writes.send(new EndOtherSessions(all, metaOf(admin, asking)))).position;
  }
}

function metaOf(principal: Principal, { commandId, correlationId }: Asking): ReturnType<typeof commandMeta> {
  return commandMeta(principal, commandId, correlationId);
}
