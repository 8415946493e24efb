import type { QueryBus } from '@nestjs/cqrs';
import type { BulkAnswer, BulkDecision, DecisionAnswer, NewDecision } from '../../libs/client/index.ts';
import { DomainError, deriveId, formatPosition, type Position } from '../../libs/kernel/index.ts';
import { REPORT_REASONS, type ReportReason } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal, viewerOf } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { DecidedBefore, DecideOnComment, UndoDecision } from '../domain/comment/decision.commands.ts';
import type { Seen } from '../domain/comment/decision.events.ts';
import { ReportComment } from '../domain/report/report.commands.ts';
import {
  GetBulk,
  GetDecision,
  GetMadeDecision,
  GetNewestDecisions,
  GetSeen,
} from '../views/moderation-queue/queue.query-types.ts';
import { GetWritten } from '../views/thread/thread.query-types.ts';
import { DecidedAlready } from './decided-already.ts';
import type { ForumWrites } from './forum-writes.ts';

export interface ModeratingParts {
  readonly writes: Pick<ForumWrites, 'send' | 'shown'>;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  /** The version of the policy in force. */
  readonly policyVersion: () => Promise<number>;
}

/** The ids of one decision: its comment, its command, its bulk and its cause. */
interface DecisionIds {
  readonly commentId: string;
  readonly commandId: string;
  readonly bulkId: string | null;
  readonly causationId: string | null;
}

/**
 * The ways in which members and moderators act on cases: the same for the API, live and pages. Everything throws
 * DomainError.
 */
export class Moderating {
  readonly #parts: ModeratingParts;

  constructor(parts: ModeratingParts) {
    this.#parts = parts;
  }

  async report(
    commentId: string,
    { reason, note }: { readonly reason: ReportReason; readonly note?: string | null },
    principal: Principal,
    asking: Asking,
  ): Promise<Position> {
    await this.#parts.limits.take('report', principal.memberId);
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const { position } = await this.#parts.writes.send(
      new ReportComment({ commentId, by: principal, reason, note: note ?? null }, meta),
    );
    return position;
  }

  /**
   * The same decision again is answered as it was made. The refusal `already_decided` tells who decided first, and
   * what; so does `stale_revision` when somebody has decided.
   */
  async decide(commentId: string, wish: NewDecision, principal: Principal, asking: Asking): Promise<DecisionAnswer> {
    await this.#parts.limits.take('decide', principal.memberId);
    const { commandId } = asking;
    return this.#decide({ commentId, commandId, bulkId: null, causationId: null }, wish, principal, asking);
  }

  /** Each decision stands alone: a refused one does not stop the others. */
  async decideAll(wish: BulkDecision, principal: Principal, asking: Asking): Promise<BulkAnswer> {
    await this.#parts.limits.take('decide', principal.memberId);
    const bulkId = deriveId(asking.commandId, 'bulk');
    const { items, ...decision } = wish;
    return this.#all(bulkId, items, ({ commentId, revision }) => {
      const ids = { commentId, commandId: deriveId(asking.commandId, commentId), bulkId, causationId: null };
      return this.#decide(ids, { ...decision, revision }, principal, asking);
    });
  }

  /** The comment is then as it was before. Refused when a later decision exists. */
  async undo(decisionId: string, note: string, principal: Principal, asking: Asking): Promise<DecisionAnswer> {
    await this.#parts.limits.take('decide', principal.memberId);
    const { commentId } = await this.#parts.queries.execute(new GetDecision(decisionId));
    const { commandId } = asking;
    const ids = { commentId, commandId, bulkId: null, causationId: null };
    return this.#undo(ids, { undoes: decisionId, note }, principal, asking);
  }

  /** Takes back every decision of one bulk, each on its own. Throws DomainError not_found. */
  async undoAll(bulkId: string, note: string, principal: Principal, asking: Asking): Promise<BulkAnswer> {
    await this.#parts.limits.take('decide', principal.memberId);
    const decisions = await this.#parts.queries.execute(new GetBulk(bulkId));
    if (decisions.length === 0) throw new DomainError('not_found', 'Nothing was decided under this id.');
    const backId = deriveId(asking.commandId, 'bulk');
    return this.#all(backId, decisions, ({ id, commentId }) => {
      const commandId = deriveId(asking.commandId, commentId);
      const ids = { commentId, commandId, bulkId: backId, causationId: null };
      return this.#undo(ids, { undoes: id, note }, principal, asking);
    });
  }

  /** A decision that is part of another act (a ban); the log shows that act as its cause. */
  async decideBecause(
    cause: { readonly commandId: string; readonly bulkId: string },
    { commentId, ...wish }: NewDecision & { readonly commentId: string },
    principal: Principal,
    asking: Asking,
  ): Promise<DecisionAnswer> {
    const commandId = deriveId(cause.commandId, commentId);
    const ids = { commentId, commandId, bulkId: cause.bulkId, causationId: cause.commandId };
    return this.#decide(ids, wish, principal, asking);
  }

  async #decide(ids: DecisionIds, wish: NewDecision, principal: Principal, asking: Asking): Promise<DecisionAnswer> {
    const { commentId, commandId, bulkId } = ids;
    const { reason, note } = reasonAndNote(wish);
    const { action, revision } = wish;
    const decisionId = deriveId(commandId, 'decision');
    const decision = { commentId, decisionId, action, reason, note, revision, bulkId, by: principal };
    const command = new DecideOnComment(
      { ...decision, seen: await this.#seen(commentId) },
      this.#meta(ids, principal, asking),
    );
    return this.#send(command, principal);
  }

  async #undo(
    ids: DecisionIds,
    { undoes, note }: { readonly undoes: string; readonly note: string },
    principal: Principal,
    asking: Asking,
  ): Promise<DecisionAnswer> {
    const { commentId, commandId, bulkId } = ids;
    const decisionId = deriveId(commandId, 'decision');
    const decision = { commentId, decisionId, undoes, note, bulkId, by: principal };
    const command = new UndoDecision(
      { ...decision, seen: await this.#seen(commentId) },
      this.#meta(ids, principal, asking),
    );
    return this.#send(command, principal);
  }

  async #send(command: DecideOnComment | UndoDecision, principal: Principal): Promise<DecisionAnswer> {
    const { commentId, decisionId } = command.data;
    const revision = command.type === 'DecideOnComment' ? command.data.revision : -1;
    await this.#parts.writes.send(command).catch(async (error: unknown) => {
      throw await this.#withDecision(error, commentId);
    });
    const [{ decision, position }, comment] = await Promise.all([
      this.#parts.queries.execute(new GetMadeDecision(decisionId, { commentId, revision })),
      this.#parts.queries.execute(new GetWritten(commentId, viewerOf(principal))),
    ]);
    return { decision, comment, position };
  }

  #meta({ commandId, causationId }: DecisionIds, principal: Principal, { correlationId }: Asking) {
    return { ...commandMeta(principal, commandId, correlationId), causationId };
  }

  async #seen(commentId: string): Promise<Seen> {
    const [seen, policyVersion] = await Promise.all([
      this.#parts.queries.execute(new GetSeen(commentId)),
      this.#parts.policyVersion(),
    ]);
    return { ...seen, policyVersion };
  }

  async #withDecision(error: unknown, commentId: string): Promise<unknown> {
    if (error instanceof DecidedBefore) {
      await this.#parts.writes.shown(error.position);
      return new DecidedAlready(error, await this.#parts.queries.execute(new GetDecision(error.decisionId)));
    }
    if (!(error instanceof DomainError) || error.code !== 'stale_revision') return error;
    const [newest] = await this.#parts.queries.execute(new GetNewestDecisions([commentId]));
    return newest ? new DecidedAlready(error, newest) : error;
  }

  async #all<Item extends { readonly commentId: string }>(
    bulkId: string,
    items: readonly Item[],
    rule: (item: Item) => Promise<DecisionAnswer>,
  ): Promise<BulkAnswer> {
    const results: BulkResult[] = [];
    let newest: Position = 0n;
    for (const item of items) {
      const { commentId } = item;
      const result = await rule(item).catch(refused);
      if (result instanceof DomainError) {
        results.push({ commentId, decision: null, problem: problemIn(result) });
      } else {
        results.push({ commentId, decision: result.decision, problem: null });
        const position = BigInt(result.position);
        if (position > newest) newest = position;
      }
    }
    return { bulkId: bulkOf(results) ?? bulkId, position: formatPosition(newest), results };
  }
}

type BulkResult = BulkAnswer['results'][number];

/** The one bulk to which all these decisions belong: a bulk sent again is answered like the first one. */
function bulkOf(results: readonly BulkResult[]): string | null {
  const bulks = new Set(results.flatMap(({ decision }) => (decision === null ? [] : [decision.bulkId])));
  const [only = null] = bulks;
  return bulks.size === 1 ? only : null;
}

function problemIn(refusal: DomainError): NonNullable<BulkResult['problem']> {
  const { code, detail } = refusal;
  return refusal instanceof DecidedAlready ? { code, detail, decision: refusal.decision } : { code, detail };
}

/** The refusals that concern one comment alone; any other failure ends the bulk. */
const REFUSALS: ReadonlySet<string> = new Set([
  'already_decided',
  'stale_revision',
  'comment_not_found',
  'comment_removed',
  'forbidden',
  'conflict',
]);

export function refused(error: unknown): DomainError {
  if (error instanceof DomainError && REFUSALS.has(error.code)) return error;
  throw error;
}

/** One of the known reasons; any other text becomes the reason `other` and a note that other moderators read. */
export function reasonAndNote({ reason, note = '' }: { readonly reason?: string; readonly note?: string }): {
  readonly reason: ReportReason | null;
  readonly note: string;
} {
  if (reason === undefined) return { reason: null, note };
  const known = REPORT_REASONS.find((one) => one === reason);
  return known ? { reason: known, note } : { reason: 'other', note: note === '' ? reason : `${reason}\n${note}` };
}
