import type { Database } from 'better-sqlite3';
import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import { HUB_TASK } from '../../../libs/words/index.ts';
import { answering } from '../answering.ts';
import { idText } from '../ids.ts';
import { moment } from '../moment.ts';
import { tagsOfRow } from './hub-changes.ts';
import { issueProgress, issueWork, mailedIssue } from './issue-work.ts';
import {
  CountSubscribers,
  GetHubWork,
  GetIssueProgress,
  GetIssueWork,
  GetMailedIssue,
  GetSubscribersToForget,
  type HubWork,
} from './publishing.query-types.ts';

const changes = statement<{ at: number; position: string; tags: string }>(
  'SELECT at, CAST(position AS TEXT) AS position, tags FROM hub_change WHERE at <= ? ORDER BY at, hub_change.position LIMIT ?',
);
const next = statement<{ at: number | null }>('SELECT min(at) AS at FROM hub_change WHERE at > ?');
const state = statement<{ begun: number; next_at: number | null }>('SELECT begun, next_at FROM hub_state');
const lease = statement<{ holder: string; until: number }>('SELECT holder, until FROM lease WHERE reactor = ?');

const forgettable = statement<{ subscriber: Buffer }>(
  'SELECT DISTINCT subscriber FROM subscription_ask WHERE expires_at <= ? ORDER BY subscriber LIMIT ?',
);
const subscribed = statement<{ subscribers: number }>('SELECT count(*) AS subscribers FROM subscriber');

export const publishingQueries = [
  answering(GetHubWork, { views: VIEWS }, ({ now, limit }, { views }) =>
    reading(views.db('publishing'), (db) => hubWork(db, now, limit)),
  ),
  answering(GetSubscribersToForget, { views: VIEWS }, ({ now, limit }, { views }) =>
    forgettable(views.db('publishing'))
      .all(now, limit)
      .map(({ subscriber }) => idText(subscriber)),
  ),
  answering(
    CountSubscribers,
    { views: VIEWS },
    (_, { views }) => subscribed(views.db('publishing')).get()?.subscribers ?? 0,
  ),
  answering(GetIssueWork, { views: VIEWS }, ({ limit }, { views }) => issueWork(views, limit)),
  answering(GetMailedIssue, { views: VIEWS }, ({ mailId }, { views }) => mailedIssue(views, mailId)),
  answering(GetIssueProgress, { views: VIEWS }, ({ postId }, { views }) => issueProgress(views, postId)),
];

function hubWork(db: Database, now: number, limit: number): HubWork {
  const { begun = 0, next_at: retryAt = null } = state(db).get() ?? {};
  const lasts = { lease: lease(db).get(HUB_TASK) ?? null, hasBegun: begun === 1 };
  const rows = changes(db).all(now, limit);
  if (retryAt !== null && retryAt > now && rows.length > 0) return { due: [], nextAt: retryAt, ...lasts };
  const tags = [...new Set(rows.flatMap(tagsOfRow))];
  const ping = { tags, changes: rows.map(({ position }) => position), until: moment(now) };
  return { due: rows.length === 0 ? [] : [ping], nextAt: next(db).get(now)?.at ?? null, ...lasts };
}
