import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idBytes } from '../../ids.ts';

const otherAdmin = statement<{ readonly found: number }>(`
  SELECT 1 AS found FROM member, json_each(member.roles) AS role
  WHERE role.value = 'admin' AND member.id <> ? AND member.membership = 'active'
    AND NOT EXISTS (SELECT 1 FROM ban WHERE ban.member = member.id) LIMIT 1`);

/** Whether somebody besides this member is an admin. */
export function hasOtherAdmin(views: Pick<Views, 'db'>, memberId: string): boolean {
  return otherAdmin(views.db('members')).get(idBytes(memberId)) !== undefined;
}
