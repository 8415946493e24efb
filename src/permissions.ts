import type { Role } from './domain/member/member.events.ts';

/** `anyone` needs no account; `member` any account; a list of roles any one of them, and admins always. */
export type Permission = 'anyone' | 'member' | readonly Role[];

const EDITORS = ['editor'] as const;
const MODERATORS = ['moderator'] as const;
const MODERATORS_AND_AUDITORS = ['moderator', 'auditor'] as const;
const AUDITORS = ['auditor'] as const;
const ADMINS = ['admin'] as const;

/**
 * Who may do what, on every way in. A route or message that is missing here stops the start and fails the tests.
 * Where a rule needs more than a role (only the author edits), the decider says so.
 */
export const PERMISSIONS = {
  // The API
  'POST /api/v1/members': 'anyone',
  'GET /api/v1/members/me': 'member',
  'PATCH /api/v1/members/me': 'member',
  'GET /api/v1/members/:handle': 'member',
  'PUT /api/v1/members/:id/roles': ADMINS,
  'POST /api/v1/sessions': 'anyone',
  'DELETE /api/v1/sessions/current': 'member',
  'GET /api/v1/posts': 'anyone',
  'GET /api/v1/posts/archive': 'anyone',
  'GET /api/v1/posts/:idOrSlug': 'anyone',
  'POST /api/v1/posts': EDITORS,
  'PATCH /api/v1/posts/:id': EDITORS,
  'POST /api/v1/posts/:id/withdraw': EDITORS,
  'PUT /api/v1/posts/:id/discussion': MODERATORS,
  'GET /api/v1/posts/:id/comments': 'anyone',
  'POST /api/v1/posts/:id/comments': 'member',
  'GET /api/v1/posts/:id/activity': 'anyone',
  'GET /api/v1/posts/:id/changes': 'anyone',
  'GET /api/v1/comments/:id': 'anyone',
  'PATCH /api/v1/comments/:id': 'member',
  'DELETE /api/v1/comments/:id': 'member',
  'GET /api/v1/comments/:id/history': 'anyone',
  'GET /api/v1/comments/:id/diff': 'anyone',
  'PUT /api/v1/comments/:id/reactions/:kind': 'member',
  'DELETE /api/v1/comments/:id/reactions/:kind': 'member',
  'POST /api/v1/comments/:id/reports': 'member',
  'POST /api/v1/comments/:id/decisions': MODERATORS,
  'GET /api/v1/moderation/queue': MODERATORS,
  'GET /api/v1/moderation/cases/:id': MODERATORS,
  'POST /api/v1/moderation/decisions': MODERATORS,
  'GET /api/v1/moderation/decisions/:id': MODERATORS_AND_AUDITORS,
  'POST /api/v1/moderation/decisions/:id/undo': MODERATORS,
  'POST /api/v1/moderation/bulk/:id/undo': MODERATORS,
  'GET /api/v1/moderation/policy': MODERATORS,
  'PUT /api/v1/moderation/policy': MODERATORS,
  'GET /api/v1/moderation/policy/versions': MODERATORS_AND_AUDITORS,
  'POST /api/v1/moderation/policy/simulations': MODERATORS,
  'GET /api/v1/moderation/log': MODERATORS_AND_AUDITORS,
  'GET /api/v1/moderation/report': MODERATORS_AND_AUDITORS,
  'GET /api/v1/moderation/public-log': 'anyone',
  'PUT /api/v1/moderation/claims/:id': MODERATORS,
  'DELETE /api/v1/moderation/claims/:id': MODERATORS,
  'GET /api/v1/moderation/appeals': MODERATORS,
  'POST /api/v1/moderation/appeals/:id': MODERATORS,
  'GET /api/v1/members/:id/record': MODERATORS,
  'GET /api/v1/members/:id/comments': MODERATORS,
  'GET /api/v1/members/:id/notes': MODERATORS,
  'POST /api/v1/members/:id/notes': MODERATORS,
  'POST /api/v1/members/:id/sanctions': MODERATORS,
  'DELETE /api/v1/members/:id/sanctions/:kind': MODERATORS,
  'GET /api/v1/members/me/sanctions': 'member',
  'POST /api/v1/members/me/sanctions/:id/acknowledgement': 'member',
  'POST /api/v1/members/me/sanctions/:id/appeal': 'member',
  'POST /api/v1/appeals': 'anyone',
  'GET /api/v1/audit/events': AUDITORS,
  'GET /api/v1/audit/events/:position': AUDITORS,
  'GET /api/v1/audit/looks': MODERATORS_AND_AUDITORS,
  'GET /api/v1/audit/days': AUDITORS,
  'GET /api/v1/openapi.json': 'anyone',
  'GET /api/v1/docs': 'anyone',
  'GET /health/live': 'anyone',
  'GET /health/ready': 'anyone',
  'GET /metrics': 'anyone',

  // The pages
  'GET /': 'anyone',
  'GET /tags/:tag': 'anyone',
  'GET /archive': 'anyone',
  'GET /archive/:year/:month': 'anyone',
  'GET /posts/:slug': 'anyone',
  'POST /posts/:slug/comments': 'member',
  'GET /comments/:id': 'anyone',
  'GET /comments/:id/edit': 'member',
  'POST /comments/:id/edit': 'member',
  'GET /comments/:id/remove': 'member',
  'POST /comments/:id/remove': 'member',
  'POST /comments/:id/reactions': 'member',
  'GET /comments/:id/history': 'anyone',
  'GET /members/:handle': 'member',
  'GET /register': 'anyone',
  'POST /register': 'anyone',
  'GET /sign-in': 'anyone',
  'POST /sign-in': 'anyone',
  'POST /sign-out': 'anyone',
  'GET /sign-out': 'anyone',
  'POST /demo/sign-in': 'anyone',
  'POST /locale': 'anyone',
  'GET /settings': 'member',
  'POST /settings': 'member',
  'GET /write': EDITORS,
  'POST /write': EDITORS,
  'GET /posts/:slug/edit': EDITORS,
  'POST /posts/:slug/edit': EDITORS,
  'GET /moderation/queue': MODERATORS,
  'GET /moderation/cases/:id': MODERATORS,
  'POST /moderation/cases/:id': MODERATORS,
  'POST /moderation/decisions': MODERATORS,
  'POST /moderation/decisions/:id/undo': MODERATORS,
  'POST /moderation/bulk/:id/undo': MODERATORS,
  'GET /moderation/members/:handle': MODERATORS,
  'POST /moderation/members/:handle/sanctions': MODERATORS,
  'POST /moderation/members/:handle/lift': MODERATORS,
  'POST /moderation/members/:handle/notes': MODERATORS,
  'GET /moderation/appeals': MODERATORS,
  'POST /moderation/appeals/:id': MODERATORS,
  'GET /comments/:id/report': 'member',
  'POST /comments/:id/report': 'member',
  'POST /settings/sanctions/:id/acknowledgement': 'member',
  'POST /settings/sanctions/:id/appeal': 'member',
  'GET /appeal': 'anyone',
  'POST /appeal': 'anyone',
  'GET /moderation/decisions/:id': MODERATORS_AND_AUDITORS,
  'GET /moderation/policy': MODERATORS,
  'POST /moderation/policy': MODERATORS,
  'POST /moderation/policy/back': MODERATORS,
  'POST /moderation/policy/rehearsals': MODERATORS,
  'GET /moderation/log': MODERATORS_AND_AUDITORS,
  'GET /moderation/report': MODERATORS_AND_AUDITORS,
  'GET /assets/:file': 'anyone',

  // Live
  'live connect': 'anyone',
  'live thread:join': 'anyone',
  'live thread:leave': 'anyone',
  'live thread:typing': 'member',
  'live comment:post': 'member',
  'live moderation:join': MODERATORS,
  'live moderation:claim': MODERATORS,
} as const satisfies Record<string, Permission>;

export type Guarded = keyof typeof PERMISSIONS;

export function isAllowed(permission: Permission, roles: readonly Role[] | null): boolean {
  if (permission === 'anyone') return true;
  if (roles === null) return false;
  if (permission === 'member') return true;
  return roles.includes('admin') || permission.some((role) => roles.includes(role));
}
