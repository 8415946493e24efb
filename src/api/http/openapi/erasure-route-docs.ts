import { ImportedErasureBody, MemberErasureBody, OwnErasureBody, PurgeBody } from '../dto/erasures.ts';
import type { DocsOf, ProgramRoute } from './route-doc.ts';

type ErasureRoute = Extract<
  ProgramRoute,
  `${string}/erasure` | `${string}/erasures` | `${string}/erasures/:id` | `${string}/purge` | `${string}/me/data`
>;

const ZIP = ['application/zip'] as const;

/** The purpose, input and answers of the routes by which people and texts are forgotten. */
export const ERASURE_ROUTE_DOCS: DocsOf<ErasureRoute> = {
  'GET /api/v1/members/me/data': {
    tag: 'members',
    summary: 'Everything that the forum keeps of me, as a ZIP: JSON for programs, a page to read, and my images',
    status: 200,
    forms: ZIP,
    refusals: [],
  },
  'POST /api/v1/members/me/erasure': {
    tag: 'members',
    summary:
      'Erase me: with my password or the token of a mailed link; it can be taken back for the days that the forum has set, unless immediately',
    body: OwnErasureBody,
    status: 202,
    refusals: ['fresh_sign_in_required', 'last_admin', 'conflict', 'link_not_found', 'link_used', 'link_expired'],
  },
  'POST /api/v1/members/:id/erasure': {
    tag: 'members',
    summary: 'Erase a member; asked again, the first wish stands until it is taken back, and another one is a conflict',
    body: MemberErasureBody,
    status: 202,
    refusals: ['member_not_found', 'fresh_sign_in_required', 'last_admin', 'conflict'],
  },
  'POST /api/v1/erasures': {
    tag: 'members',
    summary: 'Erase people that an import brought, with their comments: by address, or by name and source',
    body: ImportedErasureBody,
    status: 202,
    refusals: ['fresh_sign_in_required'],
  },
  'GET /api/v1/erasures/:id': {
    tag: 'members',
    summary: 'How far an erasure is, and once it is done the proof that the log says so; the id is the key to it',
    status: 200,
    refusals: ['not_found'],
  },
  'DELETE /api/v1/erasures/:id': {
    tag: 'members',
    summary: 'Take an erasure back before it begins: one’s own, or as admin anybody’s',
    status: 204,
    forms: [],
    refusals: ['not_found', 'conflict'],
  },
  'POST /api/v1/comments/:id/purge': {
    tag: 'moderation',
    summary: 'Erase the text of one comment for good, with its earlier texts and what was said about it',
    body: PurgeBody,
    status: 200,
    refusals: ['comment_not_found'],
  },
};
