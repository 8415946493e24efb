import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idBytes, idText } from '../../ids.ts';

const keysOf = statement<{ readonly id: Buffer }>('SELECT id FROM draft_key WHERE member = ? ORDER BY id');

/** The drafts of a member whose keys still exist, dropped ones too. */
export function draftKeysOf(views: Pick<Views, 'db'>, memberId: string): readonly string[] {
  return keysOf(views.db('shelf'))
    .all(idBytes(memberId))
    .map(({ id }) => idText(id));
}
