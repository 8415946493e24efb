import type { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { Sanction } from '../../../libs/client/index.ts';
import type { Principal } from '../../access/principal.ts';
import type { SignInGuard } from '../../access/sign-in/sign-in-guard.ts';
import { CountWaitingMembers } from '../../views/members/members.query-types.ts';
import { GetQueueCounts } from '../../views/moderation-queue/queue.query-types.ts';
import { CountUnread } from '../../views/notifications/notifications.query-types.ts';
import { CountOpenAppeals, GetSanctionsOf } from '../../views/sanctions/sanctions.query-types.ts';
import { CountReportedTranslations } from '../../views/translation-reports/translation-reports.query-types.ts';
import { type MemberNotices, mayModerate, NO_NOTICES, type WaitingForStaff } from './frame.ts';

/** Read before the page is made, since a frame is put together without waiting; deleted with its request. */
const kept = new WeakMap<FastifyRequest, MemberNotices>();

export function noticesOf(request: FastifyRequest): MemberNotices {
  return kept.get(request) ?? NO_NOTICES;
}

/** Readers without an account have no notices, and cost nothing. */
export async function readNotices(
  request: FastifyRequest,
  queries: Pick<QueryBus, 'execute'>,
  guard: Pick<SignInGuard, 'untold'>,
): Promise<void> {
  const { principal } = request;
  if (principal === null) return;
  const [waiting, sanctions, unread] = await Promise.all([
    waitingFor(principal, queries),
    queries.execute(new GetSanctionsOf(principal.memberId, 'member')),
    queries.execute(new CountUnread(principal)),
  ]);
  kept.set(request, {
    waiting,
    stops: sanctions.filter(stopsWriting),
    failedSignIns: guard.untold(principal.memberId),
    unread,
  });
}

async function waitingFor(principal: Principal, queries: Pick<QueryBus, 'execute'>): Promise<WaitingForStaff | null> {
  if (!mayModerate(principal)) return null;
  const [{ counts }, newcomers, appeals, translations] = await Promise.all([
    queries.execute(new GetQueueCounts()),
    queries.execute(new CountWaitingMembers()),
    queries.execute(new CountOpenAppeals()),
    queries.execute(new CountReportedTranslations()),
  ]);
  return { comments: counts.reported + counts.held, newcomers, appeals, translations };
}

function stopsWriting({ kind, inForce, acknowledged }: Sanction): boolean {
  return inForce && (kind === 'suspension' || (kind === 'warning' && !acknowledged));
}
