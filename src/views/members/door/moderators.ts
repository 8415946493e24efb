import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idText } from '../../ids.ts';

/** Those who hold no role of their own are in no index of roles. */
const moderators = statement<{ readonly id: Buffer }>(`
  SELECT id FROM member INDEXED BY member_staff
  WHERE roles <> '["member"]' AND membership = 'active'
    AND EXISTS (SELECT 1 FROM json_each(member.roles) AS role WHERE role.value IN ('moderator', 'admin'))
    AND NOT EXISTS (SELECT 1 FROM ban WHERE ban.member = member.id)
  ORDER BY n LIMIT ?`);

/** Those who may decide on comments, the first of them first. */
export function moderatorIds(views: Pick<Views, 'db'>, most: number): readonly string[] {
  return moderators(views.db('members'))
    .all(most)
    .map(({ id }) => idText(id));
}
