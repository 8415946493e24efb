import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { idText } from '../ids.ts';
import { GetGuestWork } from './guests.query-types.ts';

const due = statement<{ comment: Buffer }>(
  'SELECT comment FROM waiting WHERE ends_at <= ? ORDER BY ends_at, comment LIMIT ?',
);
const next = statement<{ at: number | null }>('SELECT min(ends_at) AS at FROM waiting WHERE ends_at > ?');
const lease = statement<{ holder: string; until: number }>("SELECT holder, until FROM lease WHERE reactor = 'guests'");

export const guestQueries = [
  answering(GetGuestWork, { views: VIEWS }, ({ now, limit }, { views }) =>
    reading(views.db('guests'), (db) => ({
      due: due(db)
        .all(now, limit)
        .map(({ comment }) => idText(comment)),
      nextAt: next(db).get(now)?.at ?? null,
      lease: lease(db).get() ?? null,
    })),
  ),
];
