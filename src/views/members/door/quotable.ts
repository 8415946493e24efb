import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idText } from '../../ids.ts';

/** Whoever is banned cannot take the permission back any more, so it counts no longer. */
const quotable = statement<{ readonly id: Buffer }>(`
  SELECT id FROM member
  WHERE id IN (SELECT unhex(value) FROM json_each(?)) AND quotable = 1 AND membership = 'active' AND sealed IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM ban WHERE ban.member = member.id)`);

/** Those of the members whose comments newsletters may quote now. */
export function quotableAmong(views: Pick<Views, 'db'>, members: Iterable<Buffer>): ReadonlySet<string> {
  const ids = [...new Set([...members].map((id) => id.toString('hex')))];
  return new Set(
    quotable(views.db('members'))
      .all(JSON.stringify(ids))
      .map(({ id }) => idText(id)),
  );
}
