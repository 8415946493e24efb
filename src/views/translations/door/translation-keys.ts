import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idBytes, idText } from '../../ids.ts';

interface KeyRow {
  readonly id: Buffer;
}

const byMember = statement<KeyRow>('SELECT id FROM translation_key WHERE member = ? ORDER BY id');
const ofComments = statement<KeyRow>(
  "SELECT id FROM translation_key WHERE comment IN (SELECT unhex(replace(value, '-', '')) FROM json_each(?)) ORDER BY id",
);

const languagesById = statement<KeyRow & { readonly language: string }>(`
  SELECT id, language FROM translation_key
  WHERE id IN (SELECT unhex(replace(value, '-', '')) FROM json_each(?))`);

/** Into which languages these translations are or were, by their ids; those whose keys are destroyed are missing. */
export function languagesOf(views: Pick<Views, 'db'>, ids: readonly string[]): ReadonlyMap<string, string> {
  const rows = languagesById(views.db('translations')).all(JSON.stringify(ids));
  return new Map(rows.map(({ id, language }) => [idText(id), language]));
}

/** The translations of a member whose keys still exist, those too that were taken away. */
export function translationKeysBy(views: Pick<Views, 'db'>, memberId: string): readonly string[] {
  return byMember(views.db('translations'))
    .all(idBytes(memberId))
    .map(({ id }) => idText(id));
}

/** The same of these comments, whoever translated them. */
export function translationKeysOf(views: Pick<Views, 'db'>, comments: readonly string[]): readonly string[] {
  return ofComments(views.db('translations'))
    .all(JSON.stringify(comments))
    .map(({ id }) => idText(id));
}
