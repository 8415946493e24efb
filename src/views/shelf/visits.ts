import { statement, VIEWS, type Views } from '../../../libs/projections/index.ts';
import type { Visit } from '../../domain/visit/visit.events.ts';
import { answering } from '../answering.ts';
import { idBytes } from '../ids.ts';
import { newComments } from '../notifications/door/new-comments.ts';
import { ReadPlaces, type VisitRow } from './door/read-places.ts';
import { AreVisitsKept, GetNewComments, GetVisits } from './shelf.query-types.ts';

const visitBy = statement<VisitRow>('SELECT CAST(n AS TEXT) AS n, sealed FROM visit WHERE member = ? AND id = ?');
const isOff = statement<{ readonly member: Buffer }>('SELECT member FROM visits_off WHERE member = ?');

export const visitQueries = [
  answering(GetVisits, { views: VIEWS, places: ReadPlaces }, async ({ memberId, visitIds }, parts) => {
    const found = await Promise.all(visitIds.map((visitId) => visitOf(memberId, visitId, parts)));
    return new Map(visitIds.flatMap((visitId, n) => (found[n] ? [[visitId, found[n]] as const] : [])));
  }),
  answering(AreVisitsKept, { views: VIEWS }, ({ memberId }, { views }) => {
    return isOff(views.db('shelf')).get(idBytes(memberId)) === undefined;
  }),
  answering(GetNewComments, { views: VIEWS }, ({ sought }, { views }) => newComments(views, sought)),
];

async function visitOf(
  memberId: string,
  visitId: string,
  { views, places }: { readonly views: Views; readonly places: ReadPlaces },
): Promise<Visit | null> {
  const row = visitBy(views.db('shelf')).get(idBytes(memberId), idBytes(visitId));
  return row === undefined ? null : places.opened(memberId, row);
}
