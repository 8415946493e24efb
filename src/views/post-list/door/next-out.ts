import { statement, type Views } from '../../../../libs/projections/index.ts';

const nextOut = statement<{ at: number | null }>(
  'SELECT min(publish_at) AS at FROM post WHERE publish_at > ? AND withdrawn = 0',
);

/** The time of the next publication after `now`, both in milliseconds since 1970; null when none is scheduled. */
export function nextOutAfter(views: Pick<Views, 'db'>, now: number): number | null {
  return nextOut(views.db('post-list')).get(now)?.at ?? null;
}
