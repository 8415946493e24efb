import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { AuthorRecord, Comment, Decision, Page, QueueItem, Report } from '../../../libs/client/index.ts';
import { DomainError, isUuid } from '../../../libs/kernel/index.ts';
import { reading, VIEWS, type Views } from '../../../libs/projections/index.ts';
import type { Seen } from '../../domain/comment/decision.events.ts';
import { idBytes, idText } from '../ids.ts';
import { moment } from '../moment.ts';
import { fittingPage } from '../page-bounds.ts';
import { anyComment, commentsOf, surroundingsOf } from '../thread/door/moderators-reads.ts';
import {
  type Case,
  GetAuthorRecord,
  GetBulk,
  GetCase,
  GetCommentsBy,
  GetDecision,
  GetMadeDecision,
  GetNewestDecisions,
  GetQueue,
  GetQueueCounts,
  GetQueueItems,
  GetReportsAbout,
  GetReportsBy,
  GetSeen,
  type MadeDecision,
  type QueueCounts,
  type QueuePage,
} from './queue.query-types.ts';
import {
  cursorAfter,
  decisionById,
  decisionFrom,
  decisionsIn,
  decisionsOn,
  itemRow,
  newestDecisionOn,
  queueCounts,
  queuePage,
  type ReportRow,
  reportsAbout,
  reportsBy,
  reportsOn,
} from './queue.reads.ts';
import { LISTS, OUTCOME } from './queue.schema.ts';
import { QueuePresenter } from './queue-presenter.ts';

type CommentReport = Report & { readonly commentId: string };

/** What every handler here needs. */
abstract class QueueReader {
  protected readonly views: Views;
  protected readonly presenter: QueuePresenter;

  constructor(@Inject(VIEWS) views: Views, @Inject(QueuePresenter) presenter: QueuePresenter) {
    this.views = views;
    this.presenter = presenter;
  }

  protected get queue() {
    return this.views.db('moderation-queue');
  }

  protected async commentReports(rows: readonly ReportRow[]): Promise<readonly CommentReport[]> {
    const reports = await this.presenter.reports(rows);
    return reports.flatMap((report, at) => {
      const row = rows[at];
      return row ? [{ ...report, commentId: idText(row.comment) }] : [];
    });
  }
}

@QueryHandler(GetQueue)
export class GetQueueHandler extends QueueReader implements IQueryHandler<GetQueue> {
  async execute({ list, page }: GetQueue): Promise<QueuePage> {
    const { rows, next, counts, position } = reading(this.queue, (db, at) => {
      return { ...queuePage(db, { list, ...page }), counts: queueCounts(db), position: at };
    });
    const items = await this.presenter.pageOf(rows);
    const last = items.length < rows.length ? rows[items.length - 1] : undefined;
    const end = last ? cursorAfter(last, list) : next;
    return { items: items.filter((item) => item !== null), next: end, counts, position };
  }
}

@QueryHandler(GetQueueCounts)
export class GetQueueCountsHandler extends QueueReader implements IQueryHandler<GetQueueCounts> {
  async execute(): Promise<{ readonly counts: QueueCounts; readonly position: bigint }> {
    return reading(this.queue, (db, position) => ({ counts: queueCounts(db), position }));
  }
}

@QueryHandler(GetQueueItems)
export class GetQueueItemsHandler extends QueueReader implements IQueryHandler<GetQueueItems> {
  execute({ commentIds }: GetQueueItems): Promise<readonly (QueueItem | null)[]> {
    const rows = commentIds.map((id) => itemRow(this.queue, idBytes(id)));
    return this.presenter.pageOf(rows);
  }
}

@QueryHandler(GetCase)
export class GetCaseHandler extends QueueReader implements IQueryHandler<GetCase> {
  async execute({ commentId }: GetCase): Promise<Case> {
    const row = isUuid(commentId) ? anyComment(this.views, commentId) : undefined;
    if (!row) throw new DomainError('comment_not_found', 'There is no such comment.');
    const item = itemRow(this.queue, row.id);
    const [parts, surroundings, decisions] = await Promise.all([
      this.presenter.parts(commentId, item),
      this.presenter.comments(surroundingsOf(this.views, row)),
      this.presenter.decisions(decisionsOn(this.queue, row.id)),
    ]);
    const list = item?.list === null || item === undefined ? null : (LISTS[item.list] ?? null);
    return { ...parts, list, since: list === null || !item ? null : moment(item.since), surroundings, decisions };
  }
}

@QueryHandler(GetSeen)
export class GetSeenHandler extends QueueReader implements IQueryHandler<GetSeen> {
  async execute({ commentId }: GetSeen): Promise<Omit<Seen, 'policyVersion'>> {
    const row = isUuid(commentId) ? anyComment(this.views, commentId) : undefined;
    if (!row) throw new DomainError('comment_not_found', 'There is no such comment.');
    const open = reportsOn(this.queue, row.id).filter(({ outcome }) => outcome === OUTCOME.open);
    const reports = await this.presenter.reports(open);
    return {
      reports: open.map(({ member, revision }, at) => {
        return { memberId: idText(member), reason: reports[at]?.reason ?? 'other', revision };
      }),
      surroundings: surroundingsOf(this.views, row).map(({ id, revision }) => {
        return { commentId: idText(id), revision };
      }),
    };
  }
}

@QueryHandler(GetDecision)
export class GetDecisionHandler extends QueueReader implements IQueryHandler<GetDecision> {
  async execute({ decisionId }: GetDecision): Promise<Decision> {
    const row = isUuid(decisionId) ? decisionById(this.queue, decisionId) : undefined;
    if (!row) throw new DomainError('not_found', 'There is no such decision.');
    return this.presenter.decision(row);
  }
}

@QueryHandler(GetMadeDecision)
export class GetMadeDecisionHandler extends QueueReader implements IQueryHandler<GetMadeDecision> {
  async execute({ decisionId, of: { commentId, revision } }: GetMadeDecision): Promise<MadeDecision> {
    const row = decisionById(this.queue, decisionId) ?? decisionFrom(this.queue, commentId, revision);
    if (!row) throw new DomainError('not_found', 'There is no such decision.');
    return { decision: await this.presenter.decision(row), position: row.position };
  }
}

@QueryHandler(GetNewestDecisions)
export class GetNewestDecisionsHandler extends QueueReader implements IQueryHandler<GetNewestDecisions> {
  execute({ commentIds }: GetNewestDecisions): Promise<readonly (Decision | null)[]> {
    const rows = commentIds.map((id) => newestDecisionOn(this.queue, idBytes(id)));
    return Promise.all(rows.map((row) => (row ? this.presenter.decision(row) : null)));
  }
}

@QueryHandler(GetBulk)
export class GetBulkHandler extends QueueReader implements IQueryHandler<GetBulk> {
  async execute({ bulkId }: GetBulk): Promise<readonly Decision[]> {
    return isUuid(bulkId) ? this.presenter.decisions(decisionsIn(this.queue, bulkId)) : [];
  }
}

@QueryHandler(GetAuthorRecord)
export class GetAuthorRecordHandler extends QueueReader implements IQueryHandler<GetAuthorRecord> {
  async execute({ memberId }: GetAuthorRecord): Promise<AuthorRecord> {
    const record = isUuid(memberId) ? await this.presenter.author(memberId) : null;
    if (!record) throw new DomainError('member_not_found', 'There is no such member.');
    return record;
  }
}

@QueryHandler(GetCommentsBy)
export class GetCommentsByHandler extends QueueReader implements IQueryHandler<GetCommentsBy> {
  async execute({ memberId, status, page }: GetCommentsBy): Promise<Page<Comment>> {
    if (!isUuid(memberId)) return { items: [], next: null };
    return fittingPage(page.limit, {
      make: async (limit) => {
        const { rows, next } = commentsOf(this.views, memberId, { status, ...page, limit });
        return { items: await this.presenter.comments(rows), next };
      },
      htmlOf: ({ items }) => items.map(({ bodyHtml }) => bodyHtml),
    });
  }
}

@QueryHandler(GetReportsBy)
export class GetReportsByHandler extends QueueReader implements IQueryHandler<GetReportsBy> {
  async execute({ memberId }: GetReportsBy): Promise<readonly CommentReport[]> {
    return isUuid(memberId) ? this.commentReports(reportsBy(this.queue, idBytes(memberId))) : [];
  }
}

@QueryHandler(GetReportsAbout)
export class GetReportsAboutHandler extends QueueReader implements IQueryHandler<GetReportsAbout> {
  async execute({ memberId }: GetReportsAbout): Promise<readonly CommentReport[]> {
    return isUuid(memberId) ? this.commentReports(reportsAbout(this.queue, idBytes(memberId))) : [];
  }
}
