import type { Database } from 'better-sqlite3';
import {
  COMMENT_STATUSES,
  type CommentStatus,
  type DecisionAction,
  isWaiting,
  QUEUE_LISTS,
} from '../../../libs/words/index.ts';
import { STATUS_AFTER } from '../../domain/comment/decision.events.ts';
import { idBytes } from '../ids.ts';
import type { StoredOf } from '../stored.ts';
import type { QueueProjected } from './queue.query-types.ts';
import { OUTCOME, POLICY_WEIGHT, reporterWeight } from './queue.schema.ts';
import { prepareQueue, type QueueStatements } from './queue.statements.ts';

/** The fields that every event about a comment has. */
interface AboutComment {
  readonly position: bigint;
  readonly occurredAt: string;
  readonly data: { readonly commentId: string; readonly postId: string };
}

interface Item {
  readonly status: CommentStatus;
  readonly flagged: boolean;
  readonly since: number;
  /** The position of the event that brought the comment to its list. */
  readonly entered: bigint;
}

/** Folds events into the queue's tables. */
export class QueueProjection {
  readonly #sql: QueueStatements;
  readonly #changed = new Map<string, bigint>();

  constructor(db: Database) {
    this.#sql = prepareQueue(db);
  }

  judged(event: StoredOf<'CommentJudged.v1'>): void {
    const { measure, policyVersion, rules } = event.data;
    const item = this.#item(event);
    const told = JSON.stringify(rules);
    const heldBy = measure === 'hold' ? told : null;
    this.#sql.judge.run(told, policyVersion, heldBy, event.sealed, idBytes(event.data.commentId));
    const status = STATUS_AFTER[measure] ?? item.status;
    this.#place(event, { ...this.#entering(event), status, flagged: item.flagged || measure === 'report' });
  }

  held(event: StoredOf<'CommentHeld.v2'>): void {
    const item = this.#item(event);
    this.#sql.nameReasons.run(JSON.stringify(event.data.reasons), idBytes(event.data.commentId));
    this.#place(event, { ...this.#entering(event), status: 'held', flagged: item.flagged });
  }

  /** When its author removes a comment, no report about it counts as right or wrong. */
  removed(event: StoredOf<'CommentRemoved.v1'>): void {
    const known = this.#sql.item.get(idBytes(event.data.commentId));
    if (!known && event.data.by === 'author') return;
    const item = this.#item(event);
    this.#close(event.data.commentId, event.data.by === 'author' ? OUTCOME.moot : OUTCOME.upheld, null);
    this.#place(event, { ...item, status: 'removed', flagged: false });
  }

  /** Nobody is left to judge the reports by, so none counts as right or wrong. */
  erased(event: StoredOf<'CommentErased.v1'>): void {
    if (!this.#sql.item.get(idBytes(event.data.commentId))) return;
    const item = this.#item(event);
    this.#close(event.data.commentId, OUTCOME.moot, null);
    this.#place(event, { ...item, status: 'erased', flagged: false });
  }

  restored(event: StoredOf<'CommentRestored.v1'>): void {
    this.#place(event, { ...this.#item(event), status: 'visible' });
  }

  reported(event: StoredOf<'CommentReported.v1'>): void {
    const { commentId, memberId, authorId, reason, revision } = event.data;
    const item = this.#item(event);
    const [comment, member] = [idBytes(commentId), idBytes(memberId)];
    this.#sql.knowReporter.run(member);
    const at = Date.parse(event.occurredAt);
    const author = authorId === null ? null : idBytes(authorId);
    this.#sql.addReport.run(event.position, comment, member, author, reason, revision, at, event.sealed);
    const waits = listOf(item.status, item.flagged) !== null || this.#hasOpenReport(comment, event.position);
    this.#place(event, waits ? item : { ...item, ...this.#entering(event) });
  }

  decided(event: StoredOf<'CommentDecided.v1'>): void {
    const { data } = event;
    const item = this.#item(event);
    const id = idBytes(data.decisionId);
    const undoes = data.undoes === null ? null : idBytes(data.undoes);
    this.#sql.addDecision.run(
      ...[id, event.position, idBytes(data.commentId), idBytes(data.postId), data.action, data.from, data.to],
      ...[event.actor, Date.parse(event.occurredAt), data.reason, data.revision, JSON.stringify(data.seen)],
      ...[data.bulkId === null ? null : idBytes(data.bulkId), undoes, event.sealed],
      ...[item.flagged ? 1 : 0, item.since, item.entered],
    );
    if (undoes === null) this.#rule(event, item, id);
    else this.#takeBack(event, undoes, id);
  }

  flush(): readonly QueueProjected[] {
    const changed = [...this.#changed].map(([queuedCommentId, position]) => ({ queuedCommentId, position }));
    this.#changed.clear();
    return changed;
  }

  #rule(event: StoredOf<'CommentDecided.v1'>, item: Item, decision: Buffer): void {
    const { commentId, action, to } = event.data;
    const outcome = OUTCOME_OF[action];
    if (outcome !== null) this.#close(commentId, outcome, decision);
    const flagged = outcome === null && item.flagged;
    const waits = isWaiting(to);
    this.#place(event, { ...(waits ? this.#entering(event) : item), status: to, flagged });
  }

  /** Everything that the decision changed becomes as it was, including the place in the list. */
  #takeBack(event: StoredOf<'CommentDecided.v1'>, undone: Buffer, by: Buffer): void {
    for (const { report, outcome } of this.#sql.changesBy.all(undone)) this.#settle(report, Number(outcome), by);
    this.#sql.markUndone.run(1, undone);
    this.#sql.markRedone.run(undone);
    const before = this.#sql.decision.get(undone);
    const entered = this.#sql.entered.get(undone);
    if (!before || entered === undefined) throw new Error(`there is no decision ${event.data.undoes}`);
    this.#place(event, { status: event.data.to, flagged: before.flagged === 1, since: before.since, entered });
  }

  /** Closes all open reports, and with a final decision also those that an earlier decision had settled otherwise. */
  #close(commentId: string, outcome: number, decision: Buffer | null): void {
    for (const report of this.#sql.reportsOn.all(idBytes(commentId))) {
      if (Number(report.outcome) === OUTCOME.moot) continue;
      this.#settle(report.n, outcome, decision);
    }
  }

  #settle(n: bigint, outcome: number, decision: Buffer | null): void {
    const report = this.#sql.report.get(n);
    if (!report || Number(report.outcome) === outcome) return;
    if (decision !== null) this.#sql.addChange.run(decision, n, report.outcome);
    this.#sql.setOutcome.run(outcome, n);
    this.#count(report.member, Number(report.outcome), -1);
    this.#count(report.member, outcome, 1);
    for (const { comment } of this.#sql.openReportsBy.all(report.member)) this.#weigh(comment);
  }

  #count(member: Buffer, outcome: number, by: 1 | -1): void {
    const [upheld, dismissed] = [outcome === OUTCOME.upheld ? by : 0, outcome === OUTCOME.dismissed ? by : 0];
    if (upheld !== 0 || dismissed !== 0) this.#sql.countReporter.run(upheld, dismissed, member);
  }

  /** Recalculates the score, since the weight of one of the reporters has changed. */
  #weigh(comment: Buffer): void {
    const item = this.#sql.item.get(comment);
    const entered = this.#sql.itemEntered.get(comment);
    if (!item || entered === undefined) return;
    const score = this.#score(comment, item.flagged === 1);
    if (score === item.score) return;
    this.#sql.place.run(item.status, item.flagged, item.list, score, item.since, entered, comment);
  }

  #item(event: AboutComment): Item {
    const comment = idBytes(event.data.commentId);
    const known = this.#sql.item.get(comment);
    const entered = this.#sql.itemEntered.get(comment);
    if (known && entered !== undefined) {
      const { status, flagged, since } = known;
      return { status: COMMENT_STATUSES[status] ?? 'visible', flagged: flagged === 1, since, entered };
    }
    const fresh = this.#entering(event);
    this.#sql.addItem.run(comment, idBytes(event.data.postId), fresh.since, fresh.entered);
    return { ...fresh, status: 'visible', flagged: false };
  }

  #entering({ occurredAt, position }: AboutComment): Pick<Item, 'since' | 'entered'> {
    return { since: Date.parse(occurredAt), entered: position };
  }

  #place(event: AboutComment, { status, flagged, since, entered }: Item): void {
    const { commentId } = event.data;
    const comment = idBytes(commentId);
    const list = listOf(status, flagged || this.#hasOpenReport(comment, null));
    const score = this.#score(comment, flagged);
    const at = list === null ? null : QUEUE_LISTS.indexOf(list);
    this.#sql.place.run(COMMENT_STATUSES.indexOf(status), flagged ? 1 : 0, at, score, since, entered, comment);
    this.#changed.set(commentId, event.position);
  }

  /** Whether there is an open report besides the one at `except`. */
  #hasOpenReport(comment: Buffer, except: bigint | null): boolean {
    return this.#sql.reportsOn.all(comment).some(({ n, outcome }) => Number(outcome) === OUTCOME.open && n !== except);
  }

  #score(comment: Buffer, flagged: boolean): number {
    const reports = this.#sql.openWeights.all(comment).reduce((sum, reporter) => sum + reporterWeight(reporter), 0);
    return reports + (flagged ? POLICY_WEIGHT : 0);
  }
}

/** The outcome of a decision for the reporters; none yet when the comment only waits. */
const OUTCOME_OF: Readonly<Record<DecisionAction, number | null>> = {
  approve: OUTCOME.dismissed,
  restore: OUTCOME.dismissed,
  reject: OUTCOME.upheld,
  remove: OUTCOME.upheld,
  hold: null,
};

function listOf(status: CommentStatus, complained: boolean): (typeof QUEUE_LISTS)[number] | null {
  switch (status) {
    case 'held':
      return 'held';
    case 'rejected':
      return 'rejected';
    case 'visible':
      return complained ? 'reported' : null;
    case 'removed':
    case 'erased':
      return null;
    default:
      return status satisfies never;
  }
}
