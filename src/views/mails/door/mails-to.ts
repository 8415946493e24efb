import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idText } from '../../ids.ts';
import { moment } from '../../moment.ts';

const toMember = statement<{ id: Buffer; kind: string; at: number; state: string }>(
  'SELECT id, kind, at, state FROM mail WHERE receiver IN (SELECT value FROM json_each(?)) ORDER BY at, id',
);

/** What was mailed to a member, or is to be, also by the links that were made for it; without the texts, which are kept nowhere once they are sent. */
export function mailsToMember(
  views: Pick<Views, 'db'>,
  receivers: readonly string[],
): readonly { readonly mailId: string; readonly kind: string; readonly at: string; readonly state: string }[] {
  return toMember(views.db('mails'))
    .all(JSON.stringify(receivers))
    .map(({ id, kind, at, state }) => ({ mailId: idText(id), kind, at: moment(at), state }));
}
