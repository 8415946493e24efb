import { InvitationBody, MembershipBody } from '../dto/doors.ts';
import { ListQuery } from '../dto/lists.ts';
import type { DocsOf, ProgramRoute } from './route-doc.ts';

type DoorRoute = Extract<ProgramRoute, `${string}/invitations${string}` | `${string}/membership`>;

/** The purpose, input and answers of the routes about invitations and members who wait. */
export const DOOR_ROUTE_DOCS: DocsOf<DoorRoute> = {
  'POST /api/v1/invitations': {
    tag: 'members',
    summary: 'Invite somebody: the token is in this answer alone, and registers one person until it runs out',
    body: InvitationBody,
    status: 201,
    refusals: [],
  },
  'GET /api/v1/invitations': {
    tag: 'members',
    summary: 'The invitations, newest first, and what became of each',
    query: ListQuery,
    status: 200,
    refusals: [],
  },
  'DELETE /api/v1/invitations/:id': {
    tag: 'members',
    summary: 'Withdraw an invitation that nobody has used',
    status: 204,
    forms: [],
    refusals: ['not_found', 'conflict'],
  },
  'PUT /api/v1/members/:id/membership': {
    tag: 'members',
    summary: 'Let in a member who waits, or refuse it; the reason is told to the member',
    body: MembershipBody,
    status: 200,
    refusals: ['member_not_found', 'holds_roles', 'conflict'],
  },
};
