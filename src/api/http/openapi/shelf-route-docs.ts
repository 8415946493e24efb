import { ListQuery } from '../dto/lists.ts';
import { DraftBody, DraftListQuery, DraftSpotQuery, ReadToBody } from '../dto/shelf.ts';
import type { DocsOf, ProgramRoute } from './route-doc.ts';

type ShelfRoute = Extract<
  ProgramRoute,
  `${string}/drafts` | `${string}/bookmark` | `${string}/bookmarks` | `${string}/visit`
>;

/** The purpose, input and answers of the routes about what members keep for themselves. */
export const SHELF_ROUTE_DOCS: DocsOf<ShelfRoute> = {
  'GET /api/v1/members/me/drafts': {
    tag: 'members',
    summary: 'The own unsent texts, newest first, with what became of their places',
    query: DraftListQuery,
    status: 200,
    refusals: [],
  },
  'PUT /api/v1/members/me/drafts': {
    tag: 'members',
    summary: 'Keep an unsent text for the other devices; a text that this device has not seen is not written over',
    body: DraftBody,
    status: 200,
    refusals: ['post_not_found', 'comment_not_found', 'stale_revision', 'conflict'],
  },
  'DELETE /api/v1/members/me/drafts': {
    tag: 'members',
    summary: 'Throw an unsent text away, for good',
    query: DraftSpotQuery,
    status: 204,
    forms: [],
    refusals: [],
  },
  'GET /api/v1/bookmarks': {
    tag: 'members',
    summary: 'The own bookmarks, newest first; what is not readable any more is null',
    query: ListQuery,
    status: 200,
    refusals: [],
  },
  'PUT /api/v1/comments/:id/bookmark': {
    tag: 'comments',
    summary: 'Bookmark a comment',
    status: 200,
    refusals: ['comment_not_found', 'conflict'],
  },
  'DELETE /api/v1/comments/:id/bookmark': {
    tag: 'comments',
    summary: 'Take the bookmark away',
    status: 204,
    forms: [],
    refusals: ['comment_not_found'],
  },
  'PUT /api/v1/posts/:id/visit': {
    tag: 'posts',
    summary:
      'Go on with the visit to a discussion that is being read, or begin one; nothing is kept where the member wants none',
    body: ReadToBody,
    status: 204,
    forms: [],
    refusals: ['post_not_found'],
  },
  'PUT /api/v1/posts/:id/bookmark': {
    tag: 'posts',
    summary: 'Bookmark a post',
    status: 200,
    refusals: ['post_not_found', 'conflict'],
  },
  'DELETE /api/v1/posts/:id/bookmark': {
    tag: 'posts',
    summary: 'Take the bookmark away',
    status: 204,
    forms: [],
    refusals: ['post_not_found'],
  },
};
