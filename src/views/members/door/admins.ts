import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idBytes, idText } from '../../ids.ts';

const ADMINS_IN_FORCE = `
  FROM member, json_each(member.roles) AS role
  WHERE role.value = 'admin' AND member.membership = 'active'
    AND NOT EXISTS (SELECT 1 FROM ban WHERE ban.member = member.id)`;

const otherAdmin = statement<{ readonly found: number }>(
  `SELECT 1 AS found ${ADMINS_IN_FORCE} AND member.id <> ? LIMIT 1`,
);
const admins = statement<{ readonly id: Buffer }>(`SELECT member.id ${ADMINS_IN_FORCE} LIMIT 100`);

/** The ids of the admins, a hundred of them when there are more. */
export function adminIds(views: Pick<Views, 'db'>): readonly string[] {
  return admins(views.db('members'))
    .all()
    .map(({ id }) => idText(id));
}

/** Whether somebody besides this member is an admin. */
export function hasOtherAdmin(views: Pick<Views, 'db'>, memberId: string): boolean {
  return otherAdmin(views.db('members')).get(idBytes(memberId)) !== undefined;
}
