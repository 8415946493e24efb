import type { QueryBus } from '@nestjs/cqrs';
import type { AppealCase, Sanction, SanctionWish } from '../../libs/client/index.ts';
import { DomainError, deriveId, type Position } from '../../libs/kernel/index.ts';
import type { AppealOutcome, SanctionKind } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import {
  AcknowledgeWarning,
  AppealSanction,
  DecideAppeal,
  LiftSanction,
  NoteMember,
  SanctionMember,
} from '../domain/sanction/sanction.commands.ts';
import { GetAppeal, GetSanctionsOf } from '../views/sanctions/sanctions.query-types.ts';
import { CommentRemovals } from './comment-removals.ts';
import type { ForumWrites } from './forum-writes.ts';
import { type Moderating, reasonAndNote } from './moderating.ts';

export interface SanctioningParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly moderating: Moderating;
}

/** The ways in which moderators sanction members, and members answer. Everything throws DomainError. */
export class Sanctioning {
  readonly #parts: SanctioningParts;
  readonly #removals: CommentRemovals;

  constructor(parts: SanctioningParts) {
    this.#parts = parts;
    this.#removals = new CommentRemovals(parts);
  }

  /**
   * The removals that it causes are done before the answer, and can be taken back as one bulk. A sanction in force,
   * sent again by the moderator who gave it, is answered as itself.
   */
  async sanction(
    memberId: string,
    wish: SanctionWish,
    principal: Principal,
    asking: Asking,
  ): Promise<{ readonly sanction: Sanction; readonly position: Position }> {
    await this.#parts.limits.take('decide', principal.memberId);
    const { kind, until = null, commentId = null } = wish;
    const { reason, note } = reasonAndNote(wish);
    const sanctionId = deriveId(asking.commandId, 'sanction');
    const statement = wish.statement ?? (note === '' ? STATEMENTS[reason ?? 'other'] : note);
    const data = { memberId, sanctionId, kind, until, reason: reason ?? 'other', commentId, statement, by: principal };
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const recorded = await this.#parts.writes.send(new SanctionMember(data, meta));
    const removed = await this.#removals.of(memberId, wish, principal, asking);
    const position = removed > recorded.position ? removed : recorded.position;
    return { sanction: await this.#one(memberId, { sanctionId, reader: 'moderator', kind }), position };
  }

  async lift(
    memberId: string,
    kind: SanctionKind,
    note: string,
    principal: Principal,
    asking: Asking,
  ): Promise<Position> {
    await this.#parts.limits.take('decide', principal.memberId);
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const command = new LiftSanction({ memberId, kind, note, by: principal }, meta);
    return (await this.#parts.writes.send(command)).position;
  }

  async note(memberId: string, text: string, principal: Principal, asking: Asking): Promise<Position> {
    await this.#parts.limits.take('decide', principal.memberId);
    const noteId = deriveId(asking.commandId, 'note');
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    return (await this.#parts.writes.send(new NoteMember({ memberId, noteId, text, by: principal }, meta))).position;
  }

  /** The member itself confirms it. */
  async acknowledge(sanctionId: string, principal: Principal, asking: Asking): Promise<Position> {
    await this.#parts.limits.take('profile', principal.memberId);
    const { memberId } = principal;
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    return (await this.#parts.writes.send(new AcknowledgeWarning({ memberId, sanctionId }, meta))).position;
  }

  /** The member itself appeals, signed in or, when banned, known by its password alone. */
  async appeal(
    sanctionId: string,
    text: string,
    member: Pick<Principal, 'memberId'>,
    asking: Asking,
  ): Promise<{ readonly sanction: Sanction; readonly position: Position }> {
    const { memberId } = member;
    await this.#parts.limits.take('profile', memberId);
    const meta = commandMeta(member, asking.commandId, asking.correlationId);
    const { position } = await this.#parts.writes.send(new AppealSanction({ memberId, sanctionId, text }, meta));
    return { sanction: await this.#one(memberId, { sanctionId, reader: 'member' }), position };
  }

  async decideAppeal(
    sanctionId: string,
    { outcome, answer }: { readonly outcome: AppealOutcome; readonly answer: string },
    principal: Principal,
    asking: Asking,
  ): Promise<{ readonly appeal: AppealCase; readonly position: Position }> {
    await this.#parts.limits.take('decide', principal.memberId);
    const { memberId } = await this.#parts.queries.execute(new GetAppeal(sanctionId));
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const command = new DecideAppeal({ memberId, sanctionId, outcome, answer, by: principal }, meta);
    const { position } = await this.#parts.writes.send(command);
    return { appeal: await this.#parts.queries.execute(new GetAppeal(sanctionId)), position };
  }

  /** The ban in force on a member. Throws DomainError not_found. */
  async banOf(memberId: string): Promise<string> {
    const sanctions = await this.#parts.queries.execute(new GetSanctionsOf(memberId, 'member'));
    const ban = sanctions.find(({ kind, inForce }) => kind === 'ban' && inForce);
    if (!ban) throw new DomainError('not_found', 'This account is not banned; sign in to appeal anything else.');
    return ban.id;
  }

  /** The sanction of this id. A repeat records none, so then it is the newest of the kind, which the repeat repeats. */
  async #one(memberId: string, { sanctionId, reader, kind }: Wanted): Promise<Sanction> {
    const sanctions = await this.#parts.queries.execute(new GetSanctionsOf(memberId, reader));
    const found = sanctions.find(({ id }) => id === sanctionId) ?? sanctions.find((one) => one.kind === kind);
    if (!found) throw new Error(`the views do not show sanction ${sanctionId}`);
    return found;
  }
}

interface Wanted {
  readonly sanctionId: string;
  readonly reader: 'member' | 'moderator';
  /** The kind of the sanction, where it may be a repeat. */
  readonly kind?: SanctionKind;
}

/** The statements for members when the moderator adds no words. */
const STATEMENTS = {
  spam: 'You posted advertising or the same text again and again.',
  abuse: 'You attacked or insulted other people.',
  'off-topic': 'You repeatedly wrote about something else than what is discussed.',
  privacy: 'You published what belongs to the private life of somebody else.',
  illegal: 'You posted what the law forbids.',
  other: 'You broke the rules of this forum.',
} as const;
