import type { Comment, Post } from '../../libs/client/index.ts';
import type { HttpRoute } from './every-route.ts';
import type { CallOptions } from './forum-caller.ts';

/** A comment that somebody may write to, with the post that it stands under. */
export interface Target {
  readonly comment: Comment;
  readonly post: Post;
}

/** A request that writes to a comment, without whoever sends it. */
export interface Act {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly form?: Readonly<Record<string, string>>;
}

type Acting = (target: Target) => Act;

const sent =
  (method: string, rest: string, body?: (target: Target) => object): Acting =>
  (target) => ({
    method,
    path: `/api/v1/comments/${target.comment.id}${rest}`,
    ...(body === undefined ? {} : { body: body(target) }),
  });
const form =
  (path: (target: Target) => string, fields: (target: Target) => Readonly<Record<string, string>>): Acting =>
  (target) => ({ method: 'POST', path: path(target), form: fields(target) });
const formOf = (rest: string, fields: (target: Target) => Readonly<Record<string, string>>): Acting =>
  form(({ comment }) => `/comments/${comment.id}${rest}`, fields);

/** Every route that writes to a comment, or to what depends on one. */
export const ACTS_ON_COMMENTS = {
  'PUT /api/v1/comments/:id/language': sent('PUT', '/language', () => ({ language: 'th' })),
  'PATCH /api/v1/comments/:id': sent('PATCH', '', ({ comment: { revision } }) => ({ body: 'Another text.', revision })),
  'DELETE /api/v1/comments/:id': sent('DELETE', ''),
  'PUT /api/v1/comments/:id/reactions/:kind': sent('PUT', '/reactions/like'),
  'DELETE /api/v1/comments/:id/reactions/:kind': sent('DELETE', '/reactions/thanks'),
  'POST /api/v1/comments/:id/reports': sent('POST', '/reports', () => ({ reason: 'spam' })),
  'POST /api/v1/comments/:id/decisions': sent('POST', '/decisions', ({ comment: { revision } }) => ({
    action: 'reject',
    revision,
  })),
  'PUT /api/v1/comments/:id/accepted': sent('PUT', '/accepted'),
  'DELETE /api/v1/comments/:id/accepted': sent('DELETE', '/accepted'),
  'PUT /api/v1/comments/:id/featured': sent('PUT', '/featured'),
  'DELETE /api/v1/comments/:id/featured': sent('DELETE', '/featured'),
  'POST /api/v1/comments/:id/translations': sent('POST', '/translations', () => ({
    language: 'th',
    body: 'คำแปล',
    sourceRevision: 0,
  })),
  'PUT /api/v1/comments/:id/bookmark': sent('PUT', '/bookmark'),
  'DELETE /api/v1/comments/:id/bookmark': sent('DELETE', '/bookmark'),
  'POST /api/v1/comments/:id/purge': sent('POST', '/purge', () => ({ reason: 'A telephone number.' })),
  'POST /api/v1/moderation/decisions': ({ comment: { id: commentId, revision } }) => ({
    method: 'POST',
    path: '/api/v1/moderation/decisions',
    body: { items: [{ commentId, revision }], action: 'remove' },
  }),
  'POST /api/v1/posts/:id/comments': ({ comment: { id: parentId, postId } }) => ({
    method: 'POST',
    path: `/api/v1/posts/${postId}/comments`,
    body: { parentId, body: 'An answer.' },
  }),
  'PUT /api/v1/posts/:id/discussion': ({ comment: { id: pinnedCommentId, postId } }) => ({
    method: 'PUT',
    path: `/api/v1/posts/${postId}/discussion`,
    body: { pinnedCommentId },
  }),
  'POST /comments/:id/edit': formOf('/edit', ({ comment: { revision } }) => ({
    body: 'A text of a form.',
    revision: String(revision),
  })),
  'POST /comments/:id/language': formOf('/language', () => ({ language: 'th' })),
  'POST /comments/:id/remove': formOf('/remove', () => ({})),
  'POST /comments/:id/reactions': formOf('/reactions', () => ({ kind: 'like' })),
  'POST /comments/:id/report': formOf('/report', () => ({ reason: 'abuse' })),
  'POST /comments/:id/translations': formOf('/translations', () => ({
    language: 'vi',
    body: 'Bản dịch',
    sourceRevision: '0',
  })),
  'POST /comments/:id/accepted': formOf('/accepted', () => ({ accepted: '1' })),
  'POST /comments/:id/featured': formOf('/featured', () => ({ featured: '1' })),
  'POST /comments/:id/pin': formOf('/pin', () => ({ pinned: '1' })),
  'POST /moderation/cases/:id': form(
    ({ comment: { id } }) => `/moderation/cases/${id}`,
    ({ comment: { revision } }) => ({ action: 'hold', revision: String(revision) }),
  ),
  'POST /moderation/decisions': form(
    () => '/moderation/decisions',
    ({ comment: { id, revision } }) => ({ item: `${id}:${revision}`, action: 'remove' }),
  ),
  'POST /posts/:slug/comments': form(
    ({ post }) => `/posts/${post.slug}/comments`,
    ({ comment: { id } }) => ({ parentId: id, body: 'An answer of a form.' }),
  ),
  'POST /embed/comments': form(
    () => '/embed/comments',
    ({ comment: { id } }) => ({
      frame: '/embed?url=https%3A%2F%2Fblog.example%2F',
      parentId: id,
      body: 'From elsewhere.',
    }),
  ),
  'POST /api/v1/members/me/claimable-comments': () => ({
    method: 'POST',
    path: '/api/v1/members/me/claimable-comments',
  }),
  'POST /settings/comments': form(
    () => '/settings/comments',
    () => ({}),
  ),
} as const satisfies Partial<Record<HttpRoute, Acting>>;

export type ActOnComment = keyof typeof ACTS_ON_COMMENTS;

/** As the API and the pages are sent it. */
export function callOf({ body, form: fields }: Act, token: string): CallOptions {
  if (fields === undefined) return { token, ...(body === undefined ? {} : { body }) };
  const headers = { cookie: `colloquy_session=${token}`, 'content-type': 'application/x-www-form-urlencoded' };
  return { headers, raw: new URLSearchParams(fields).toString() };
}
