import type { QueryBus } from '@nestjs/cqrs';
import type { Invitation, InvitationWish, NewInvitation } from '../../libs/client/index.ts';
import { deriveId, type Position } from '../../libs/kernel/index.ts';
import { INVITATION_DAYS } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { newLinkToken } from '../commands/link-token.ts';
import { MakeInvitation, WithdrawInvitation } from '../domain/invitation/invitation.commands.ts';
import { invalid } from '../domain/text.ts';
import { GetInvitation } from '../views/invitations/invitations.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';

const DAY_MS = 86_400_000;

export interface InvitingParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  /** The forum's address. */
  readonly origin: () => string;
  /** The languages that the forum offers now. */
  readonly locales: () => readonly string[];
}

/** Making and withdrawing invitations. */
export class Inviting {
  readonly #parts: InvitingParts;

  constructor(parts: InvitingParts) {
    this.#parts = parts;
  }

  /** The token is in the answer and nowhere else. Throws DomainError invalid, rate_limited, conflict for a repeat. */
  async make(
    { roles = [], email, locale, note = '', expiresAt }: InvitationWish,
    by: Principal,
    asking: Asking,
  ): Promise<NewInvitation & { readonly position: Position }> {
    const { writes, limits, origin, locales } = this.#parts;
    if (locale !== undefined && !locales().includes(locale)) {
      throw invalid('locale', `must be a language that this forum offers: ${locales().join(', ')}`);
    }
    await limits.take('invite', by.memberId);
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const invitationId = deriveId(asking.commandId, 'invitation');
    const { token, hash } = newLinkToken(invitationId);
    const until = expiresAt ?? new Date(Date.parse(meta.now) + INVITATION_DAYS.usual * DAY_MS).toISOString();
    const letter = { email: email ?? null, ...(locale !== undefined && { locale }) };
    const wish = { invitationId, roles, ...letter, note, hash, expiresAt: new Date(until).toISOString() };
    const { position } = await writes.send(new MakeInvitation(wish, meta));
    const url = `${origin()}/register?invitation=${token}`;
    return { invitation: await this.#shown(invitationId), token, url, position };
  }

  /** Throws DomainError not_found, and conflict for one that was used. */
  async withdraw(invitationId: string, by: Principal, asking: Asking): Promise<Position> {
    const { writes, limits } = this.#parts;
    await limits.take('invite', by.memberId);
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    return (await writes.send(new WithdrawInvitation({ invitationId }, meta))).position;
  }

  #shown(invitationId: string): Promise<Invitation> {
    return this.#parts.queries.execute(new GetInvitation(invitationId, new Date().toISOString()));
  }
}
