import type { Database } from 'better-sqlite3';
import type { ModerationCase, Report } from '../../../libs/client/index.ts';
import { commentNotFound, DomainError, isUuid } from '../../../libs/kernel/index.ts';
import { reading, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { QUEUE_LISTS } from '../../../libs/words/index.ts';
import type { Seen } from '../../domain/comment/decision.events.ts';
import { answering, type Parts } from '../answering.ts';
import { idBytes, idText } from '../ids.ts';
import { moment } from '../moment.ts';
import { fittingPage } from '../page-bounds.ts';
import { postsOfSite } from '../post-list/door/posts-of-site.ts';
import { anyComment, commentsOf, surroundingsOf } from '../thread/door/moderators-reads.ts';
import {
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
import { OUTCOME } from './queue.schema.ts';
import { QueuePresenter } from './queue-presenter.ts';

type CommentReport = Report & { readonly commentId: string };

const NEEDS = { views: VIEWS, presenter: QueuePresenter } as const;
type Needed = Parts<typeof NEEDS>;

const ofQueue = ({ views }: Pick<Needed, 'views'>): Database => views.db('moderation-queue');

export const queueQueries = [
  answering(GetQueue, NEEDS, async ({ list, page, site }, parts) => {
    const wish = { list, ...page, of: site === null ? null : { site, posts: postsOfSite(parts.views, site) } };
    const { rows, next, counts, position } = reading(ofQueue(parts), (db, at) => {
      return { ...queuePage(db, wish), counts: queueCounts(db, wish.of?.posts), position: at };
    });
    const items = await parts.presenter.pageOf(rows);
    const last = items.length < rows.length ? rows[items.length - 1] : undefined;
    const end = last ? cursorAfter(last, wish) : next;
    return { items: items.filter((item) => item !== null), next: end, counts, position };
  }),
  answering(GetQueueCounts, NEEDS, (_, parts) =>
    reading(ofQueue(parts), (db, position) => ({ counts: queueCounts(db), position })),
  ),
  answering(GetQueueItems, NEEDS, ({ commentIds }, parts) =>
    parts.presenter.pageOf(commentIds.map((id) => itemRow(ofQueue(parts), idBytes(id)))),
  ),
  answering(GetCase, NEEDS, caseOf),
  answering(GetSeen, NEEDS, seenNow),
  answering(GetDecision, NEEDS, ({ decisionId }, parts) => {
    const row = isUuid(decisionId) ? decisionById(ofQueue(parts), decisionId) : undefined;
    if (!row) throw new DomainError('not_found', 'There is no such decision.');
    return parts.presenter.decision(row);
  }),
  answering(GetMadeDecision, NEEDS, async ({ decisionId, of: { commentId, revision } }, parts) => {
    const row = decisionById(ofQueue(parts), decisionId) ?? decisionFrom(ofQueue(parts), commentId, revision);
    if (!row) throw new DomainError('not_found', 'There is no such decision.');
    return { decision: await parts.presenter.decision(row), position: row.position };
  }),
  answering(GetNewestDecisions, NEEDS, ({ commentIds }, parts) => {
    const rows = commentIds.map((id) => newestDecisionOn(ofQueue(parts), idBytes(id)));
    return Promise.all(rows.map((row) => (row ? parts.presenter.decision(row) : null)));
  }),
  answering(GetBulk, NEEDS, ({ bulkId }, parts) =>
    isUuid(bulkId) ? parts.presenter.decisions(decisionsIn(ofQueue(parts), bulkId)) : [],
  ),
  answering(GetAuthorRecord, NEEDS, async ({ memberId }, { presenter }) => {
    const record = isUuid(memberId) ? await presenter.author(memberId) : null;
    if (!record) throw new DomainError('member_not_found', 'There is no such member.');
    return record;
  }),
  answering(GetCommentsBy, NEEDS, ({ memberId, status, page }, { views, presenter }) => {
    if (!isUuid(memberId)) return { items: [], next: null };
    return fittingPage(page.limit, {
      make: async (limit) => {
        const { rows, next } = commentsOf(views, memberId, { status, ...page, limit });
        return { items: await presenter.comments(rows), next };
      },
      htmlOf: ({ items }) => items.map(({ bodyHtml }) => bodyHtml),
    });
  }),
  answering(GetReportsBy, NEEDS, ({ memberId }, parts) =>
    isUuid(memberId) ? withComments(reportsBy(ofQueue(parts), idBytes(memberId)), parts) : [],
  ),
  answering(GetReportsAbout, NEEDS, ({ memberId }, parts) =>
    isUuid(memberId) ? withComments(reportsAbout(ofQueue(parts), idBytes(memberId)), parts) : [],
  ),
];

async function caseOf({ commentId }: GetCase, parts: Needed): Promise<ModerationCase> {
  const { views, presenter } = parts;
  const row = commentIn(views, commentId);
  const item = itemRow(ofQueue(parts), row.id);
  const [shown, surroundings, decisions] = await Promise.all([
    presenter.parts(commentId, item),
    presenter.comments(surroundingsOf(views, row)),
    presenter.decisions(decisionsOn(ofQueue(parts), row.id)),
  ]);
  const list = item?.list === null || item === undefined ? null : (QUEUE_LISTS[item.list] ?? null);
  return { ...shown, list, since: list === null || !item ? null : moment(item.since), surroundings, decisions };
}

async function seenNow({ commentId }: GetSeen, parts: Needed): Promise<Omit<Seen, 'policyVersion'>> {
  const { views, presenter } = parts;
  const row = commentIn(views, commentId);
  const open = reportsOn(ofQueue(parts), row.id).filter(({ outcome }) => outcome === OUTCOME.open);
  const reports = await presenter.reports(open);
  return {
    reports: open.map(({ member, revision }, at) => {
      return { memberId: idText(member), reason: reports[at]?.reason ?? 'other', revision };
    }),
    surroundings: surroundingsOf(views, row).map(({ id, revision }) => {
      return { commentId: idText(id), revision };
    }),
  };
}

function commentIn(views: Views, commentId: string): NonNullable<ReturnType<typeof anyComment>> {
  const row = isUuid(commentId) ? anyComment(views, commentId) : undefined;
  if (!row) throw commentNotFound();
  return row;
}

async function withComments(
  rows: readonly ReportRow[],
  { presenter }: Pick<Needed, 'presenter'>,
): Promise<readonly CommentReport[]> {
  const reports = await presenter.reports(rows);
  return reports.flatMap((report, at) => {
    const row = rows[at];
    return row ? [{ ...report, commentId: idText(row.comment) }] : [];
  });
}
