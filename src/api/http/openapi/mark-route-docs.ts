import type { DocsOf, ProgramRoute } from './route-doc.ts';

type MarkRoute = Extract<ProgramRoute, `${string}/asking` | `${string}/accepted` | `${string}/featured`>;

/** The purpose and answers of the routes about what makes comments stand out. */
export const MARK_ROUTE_DOCS: DocsOf<MarkRoute> = {
  'PUT /api/v1/posts/:id/asking': {
    tag: 'posts',
    summary: 'Say that the post asks something: its author or an editor may then accept one comment as the answer',
    status: 200,
    refusals: ['post_not_found'],
  },
  'DELETE /api/v1/posts/:id/asking': {
    tag: 'posts',
    summary: 'Say that the post asks nothing; an accepted answer is no longer shown as one',
    status: 200,
    refusals: ['post_not_found'],
  },
  'PUT /api/v1/comments/:id/accepted': {
    tag: 'comments',
    summary:
      'Accept a comment as the answer, by the author of a post that asks or an editor; it takes the place of another one',
    status: 200,
    refusals: ['comment_not_found', 'post_withdrawn', 'discussion_closed', 'forbidden', 'conflict'],
  },
  'DELETE /api/v1/comments/:id/accepted': {
    tag: 'comments',
    summary: 'Take the acceptance back',
    status: 200,
    refusals: ['comment_not_found', 'forbidden'],
  },
  'PUT /api/v1/comments/:id/featured': {
    tag: 'comments',
    summary: 'Feature a comment, for readers who ask for these alone (`only=featured`); 100 of a discussion at most',
    status: 200,
    refusals: ['comment_not_found', 'post_withdrawn', 'discussion_closed', 'conflict'],
  },
  'DELETE /api/v1/comments/:id/featured': {
    tag: 'comments',
    summary: 'Feature a comment no longer',
    status: 200,
    refusals: ['comment_not_found'],
  },
};
