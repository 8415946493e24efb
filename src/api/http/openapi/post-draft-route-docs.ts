import { PostDraftBody, PostDraftDropQuery, PostDraftListQuery } from '../dto/post-drafts.ts';
import { PostPreviewBody } from '../dto/posts.ts';
import type { DocsOf, ProgramRoute } from './route-doc.ts';

type PostDraftRoute = Extract<
  ProgramRoute,
  `${string}/post-drafts` | `${string}/post-drafts/:id` | `${string}/post-previews`
>;

/** The purpose, input and answers of the routes about what editors write before readers see it. */
export const POST_DRAFT_ROUTE_DOCS: DocsOf<PostDraftRoute> = {
  'POST /api/v1/post-previews': {
    tag: 'posts',
    summary: 'What a text would be as a post: the same HTML, and nothing is kept',
    body: PostPreviewBody,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/post-drafts': {
    tag: 'posts',
    summary: 'The unpublished texts of posts, of all editors, newest first',
    query: PostDraftListQuery,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/post-drafts/:id': {
    tag: 'posts',
    summary: 'The unpublished text of a post, by the id of the post',
    status: 200,
    refusals: ['post_not_found'],
  },
  'PUT /api/v1/post-drafts/:id': {
    tag: 'posts',
    summary:
      'Keep an unpublished text of a post, also of one that is to come; a text that the writer has not seen is not written over',
    body: PostDraftBody,
    status: 200,
    refusals: ['post_not_found', 'stale_revision', 'conflict'],
  },
  'DELETE /api/v1/post-drafts/:id': {
    tag: 'posts',
    summary: 'Throw an unpublished text away, for good, unless somebody kept a newer one',
    query: PostDraftDropQuery,
    status: 204,
    forms: [],
    refusals: ['post_not_found', 'stale_revision'],
  },
};
