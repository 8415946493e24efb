import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idBytes, idText } from '../../ids.ts';

const keysOf = statement<{ readonly id: Buffer }>('SELECT id FROM draft_key WHERE member = ? ORDER BY id');

/** The drafts of a member whose keys still exist, dropped ones too. */
export function draftKeysOf(views: Pick<Views, 'db'>, memberId: string): readonly string[] {
  return keysOf(views.db('shelf'))
    .all(idBytes(memberId))
    .map(({ id }) => idText(id));
}

const postDraftKeys = statement<{ readonly id: Buffer; readonly stands: number }>(`
  SELECT k.id, EXISTS (SELECT 1 FROM post_draft d WHERE d.member = k.member AND d.id = k.id AND d.sealed IS NOT NULL) AS stands
  FROM post_draft_key k WHERE k.member = ? ORDER BY k.id`);

/** The unpublished posts that a member began and whose keys still exist, dropped ones too. */
export function postDraftKeysOf(
  views: Views,
  memberId: string,
): readonly { readonly draftId: string; readonly stands: boolean }[] {
  return postDraftKeys(views.db('shelf'))
    .all(idBytes(memberId))
    .map(({ id, stands }) => ({ draftId: idText(id), stands: stands === 1 }));
}
