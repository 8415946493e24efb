import { isErased, isRecord } from '../../../libs/kernel/index.ts';
import { statement, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import type { ReadUpTo, Visit } from '../../domain/visit/visit.events.ts';
import { answering } from '../answering.ts';
import { idBytes } from '../ids.ts';
import { newComments } from '../notifications/door/new-comments.ts';
import { openedTextIn } from '../rows.ts';
import { AreVisitsKept, GetNewComments, GetVisits } from './shelf.query-types.ts';

const visitBy = statement<{ readonly sealed: Buffer | null }>('SELECT sealed FROM visit WHERE member = ? AND id = ?');
const isOff = statement<{ readonly member: Buffer }>('SELECT member FROM visits_off WHERE member = ?');

export const visitQueries = [
  answering(GetVisits, { views: VIEWS, vault: VAULT }, async ({ memberId, visitIds }, parts) => {
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
  { views, vault }: { readonly views: Views; readonly vault: Vault },
): Promise<Visit | null> {
  const sealed = visitBy(views.db('shelf')).get(idBytes(memberId), idBytes(visitId))?.sealed;
  if (!sealed) return null;
  const personal = await vault.open(sealed, { stream: `visits-${memberId}`, type: 'VisitKept.v1' });
  const postId = isErased(personal) ? null : openedTextIn(personal, 'postId');
  const end = readUpToIn(personal);
  return postId === null || end === null ? null : { ...end, postId, before: readUpToIn(beforeIn(personal)) };
}

function beforeIn(personal: object): unknown {
  return Reflect.get(personal, 'before');
}

function readUpToIn(value: unknown): ReadUpTo | null {
  if (!isRecord(value)) return null;
  const { position, at } = value;
  return typeof position === 'string' && typeof at === 'string' ? { position, at } : null;
}
