import { EventsQuery, LooksQuery } from '../dto/audit.ts';
import type { DocsOf, ProgramRoute } from './route-doc.ts';

type ExplorerRoute = Extract<
  ProgramRoute,
  | `GET /api/v1/audit/${'events' | 'events/:position' | 'looks' | 'days' | 'views'}`
  | 'POST /api/v1/audit/views/:name/verifications'
>;

export const EXPLORER_ROUTE_DOCS: DocsOf<ExplorerRoute> = {
  'GET /api/v1/audit/events': {
    tag: 'audit',
    summary:
      'Events as they stand in the log, oldest first, newest first with before; with Accept application/x-ndjson or text/csv all that match, which is recorded as an export',
    query: EventsQuery,
    status: 200,
    forms: ['application/x-ndjson', 'text/csv'],
    refusals: ['member_not_found', 'not_caught_up', 'conflict'],
  },
  'GET /api/v1/audit/events/:position': {
    tag: 'audit',
    summary: 'One event',
    status: 200,
    refusals: ['not_found'],
  },
  'GET /api/v1/audit/looks': {
    tag: 'audit',
    summary: 'Looks at hidden content, exports and changes of roles, newest first; moderators read their own',
    query: LooksQuery,
    status: 200,
    refusals: ['member_not_found', 'not_caught_up'],
  },
  'GET /api/v1/audit/days': {
    tag: 'audit',
    summary: 'Events by day and type, and how long they were on their way into the log',
    status: 200,
    refusals: ['not_caught_up'],
  },
  'GET /api/v1/audit/views': {
    tag: 'audit',
    summary: 'The views with their digests, each at the position that it says',
    status: 200,
    refusals: ['not_caught_up'],
  },
  'POST /api/v1/audit/views/:name/verifications': {
    tag: 'audit',
    summary:
      'Build a view anew beside the live one and compare the two; with Accept application/x-ndjson lines of progress come before the result',
    status: 200,
    forms: ['application/x-ndjson'],
    refusals: ['not_found', 'conflict', 'not_caught_up'],
  },
};
