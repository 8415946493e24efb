import { IssuePeriodBody, PostDraftBody, PostDraftDropQuery, PostDraftListQuery } from '../dto/post-drafts.ts';
import { PostPreviewBody } from '../dto/posts.ts';
import { PreviewLinkBody } from '../dto/preview-links.ts';
import type { DocsOf, ProgramRoute } from './route-doc.ts';

type PostDraftRoute = Extract<
  ProgramRoute,
  | `${string}/post-drafts`
  | `${string}/post-drafts/:id`
  | `${string}/post-previews`
  | `${string}/preview-links`
  | `${string}/preview-links/:id`
  | `${string}/post-drafts/from-period`
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
  'POST /api/v1/post-drafts/from-period': {
    tag: 'posts',
    summary:
      'Begin a newsletter: a draft with the posts of a period and its most discussed comments, by members who allow quotes',
    body: IssuePeriodBody,
    status: 201,
    refusals: ['conflict'],
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
  'GET /api/v1/posts/:id/preview-links': {
    tag: 'posts',
    summary: 'The links by which people without an account read the post before it is published, newest first',
    status: 200,
    refusals: ['post_not_found'],
  },
  'POST /api/v1/posts/:id/preview-links': {
    tag: 'posts',
    summary:
      'Make a link to a draft, or to a post that is scheduled or withdrawn, by the id of the post; it ends after 30 days unless told, and once the post is published or its draft thrown away',
    body: PreviewLinkBody,
    status: 201,
    refusals: ['post_not_found', 'conflict'],
  },
  'DELETE /api/v1/preview-links/:id': {
    tag: 'posts',
    summary: 'End a link: it shows nothing any more',
    status: 204,
    forms: [],
    refusals: ['not_found'],
  },
};
