import type { Database } from 'better-sqlite3';
import { isErased } from '../../../libs/kernel/index.ts';
import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import { VAULT } from '../../../libs/vault/index.ts';
import type { ErasedComments, ErasureState, ErasureStep, ErasureSubject } from '../../../libs/words/index.ts';
import { answering } from '../answering.ts';
import { hasOtherAdmin } from '../members/door/admins.ts';
import { reportIdsAbout, reportIdsBy, reportIdsOn } from '../moderation-queue/door/reports-of.ts';
import { moment } from '../moment.ts';
import { openedTextIn } from '../rows.ts';
import { allWrittenBy, unerasedBy } from '../thread/door/comment-writers.ts';
import {
  type ErasureWork,
  FindErasure,
  GetErasedReceivers,
  GetErasureWords,
  GetErasureWork,
  GetPurgesOf,
  GetReportsToErase,
  GetUnerasedComments,
  HasOtherAdmin,
  type KnownErasure,
  type LateWords,
} from './erasures.query-types.ts';

interface ErasureRow {
  readonly id: string;
  readonly subject: ErasureSubject;
  readonly member: string | null;
  readonly comment: string | null;
  readonly source: string | null;
  readonly comments: ErasedComments;
  readonly state: ErasureState;
  readonly asked_by: string;
  readonly requested_at: number;
  readonly due_at: number;
  readonly finished_at: number | null;
  readonly finished: string | null;
  readonly undone_at: number | null;
}

interface StepRow {
  readonly step: ErasureStep;
  readonly count: number;
  readonly at: number;
}

/** The most that a turn looks at. */
const MOST_A_TURN = 20;

const COLUMNS =
  'id, subject, member, comment, source, comments, state, asked_by, requested_at, due_at, finished_at, finished, undone_at';
const one = statement<ErasureRow>(`SELECT ${COLUMNS} FROM erasure WHERE id = ?`);
const asked = statement<{ readonly asked: Buffer | null }>('SELECT asked FROM erasure WHERE id = ?');
const stepsOf = statement<StepRow>('SELECT step, count, at FROM step WHERE erasure = ? ORDER BY n');
const due = statement<ErasureRow>(`
  SELECT ${COLUMNS} FROM erasure WHERE state IN ('waiting', 'running') AND due_at <= ? ORDER BY due_at LIMIT ${MOST_A_TURN}`);
const next = statement<{ readonly at: number | null }>(
  "SELECT min(due_at) AS at FROM erasure WHERE state IN ('waiting', 'running') AND due_at > ?",
);
const late = statement<{ readonly stream: string; readonly erasure: string }>(
  `SELECT stream, late.erasure FROM late JOIN erasure ON erasure.id = late.erasure
   WHERE erasure.comments = 'remove' OR stream NOT LIKE 'comment-%' ORDER BY stream LIMIT ${MOST_A_TURN}`,
);
const purges = statement<{ readonly id: string }>(
  "SELECT id FROM erasure WHERE subject = 'comment' AND comment IN (SELECT value FROM json_each(?)) ORDER BY id",
);
const lease = statement<{ readonly holder: string; readonly until: number }>('SELECT holder, until FROM lease');
const receivers = statement<{ readonly receiver: string }>(
  'SELECT member AS receiver FROM erased UNION ALL SELECT link FROM gone_link',
);

export const erasureQueries = [
  answering(FindErasure, { views: VIEWS }, ({ erasureId }, { views }) =>
    reading(views.db('erasures'), (db) => {
      const row = one(db).get(erasureId);
      return row === undefined ? null : present(db, row);
    }),
  ),
  answering(GetErasureWords, { views: VIEWS, vault: VAULT }, async ({ erasureId }, { views, vault }) => {
    const sealed = asked(views.db('erasures')).get(erasureId)?.asked ?? null;
    const at = { stream: `erasure-${erasureId}`, type: 'ErasureRequested.v1' };
    const opened = sealed && (await vault.open(sealed, at));
    if (opened === null || isErased(opened)) return { email: null, name: null };
    return { email: openedTextIn(opened, 'email'), name: openedTextIn(opened, 'name') };
  }),
  answering(GetErasureWork, { views: VIEWS }, ({ now }, { views }) => workIn(views.db('erasures'), now)),
  answering(GetUnerasedComments, { views: VIEWS }, ({ memberId }, { views }) => unerasedBy(views, memberId)),
  answering(GetPurgesOf, { views: VIEWS }, ({ memberId }, { views }) =>
    purges(views.db('erasures'))
      .all(JSON.stringify(allWrittenBy(views, memberId)))
      .map(({ id }) => id),
  ),
  answering(GetReportsToErase, { views: VIEWS }, ({ of }, { views }) => [
    ...(of.writtenBy === null ? [] : reportIdsBy(views, of.writtenBy)),
    ...(of.about === null ? [] : reportIdsAbout(views, of.about)),
    ...(of.comments.length === 0 ? [] : reportIdsOn(views, of.comments)),
  ]),
  answering(HasOtherAdmin, { views: VIEWS }, ({ memberId }, { views }) => hasOtherAdmin(views, memberId)),
  answering(GetErasedReceivers, { views: VIEWS }, (_, { views }) =>
    receivers(views.db('erasures'))
      .all()
      .map(({ receiver }) => receiver),
  ),
];

function workIn(views: Database, now: number): ErasureWork {
  return reading(views, (db) => ({
    due: due(db)
      .all(now)
      .map((row) => present(db, row)),
    late: late(db)
      .all()
      .map(({ stream, erasure: erasureId }): LateWords => ({ stream, erasureId })),
    nextAt: next(db).get(now)?.at ?? null,
    lease: lease(db).get() ?? null,
  }));
}

function present(db: Database, row: ErasureRow): KnownErasure {
  const { id: erasureId, subject, member: memberId, comment: commentId, source, comments, state } = row;
  return {
    erasureId,
    subject,
    memberId,
    commentId,
    source,
    comments,
    state,
    askedBy: row.asked_by,
    requestedAt: moment(row.requested_at),
    dueAt: moment(row.due_at),
    finishedAt: row.finished_at === null ? null : moment(row.finished_at),
    finishedPosition: row.finished,
    undoneAt: row.undone_at === null ? null : moment(row.undone_at),
    steps: stepsOf(db)
      .all(erasureId)
      .map(({ step, count, at }) => ({ step, count, at: moment(at) })),
  };
}
