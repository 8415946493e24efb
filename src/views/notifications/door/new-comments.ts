import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idBytes, idText } from '../../ids.ts';
import { readableComment } from '../../thread/door/readable.ts';
import { numberOf } from '../known.ts';

/** The most comments that are looked at in one discussion. */
const MOST_LOOKED_AT = 50;

const shownAfter = statement<{ readonly id: Buffer }>(`
  SELECT id FROM comment INDEXED BY comment_shown
  WHERE post = (${numberOf('?')}) AND shown > ? AND visible = 1
    AND (author IS NULL OR author NOT IN (SELECT n FROM known WHERE id IN (SELECT unhex(value) FROM json_each(?)))) ORDER BY shown LIMIT ${MOST_LOOKED_AT}`);

/** The comments of others than these members that readers first saw after the position, oldest first: those that everybody can read now. */
export function newComments(
  views: Pick<Views, 'db'>,
  { postId, after, notBy }: { readonly postId: string; readonly after: bigint; readonly notBy: readonly string[] },
): readonly string[] {
  const writers = JSON.stringify(notBy.map((id) => idBytes(id).toString('hex')));
  const rows = shownAfter(views.db('notifications')).all(idBytes(postId), after, writers);
  const now = Date.now();
  return rows.flatMap(({ id }) => (readableComment(views, id, now) === undefined ? [] : [idText(id)]));
}
