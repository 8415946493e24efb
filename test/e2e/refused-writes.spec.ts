import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { DecisionAnswer, PolicyVersion, Post } from '../../libs/client/index.ts';
import { PERMISSIONS } from '../../src/permissions.ts';
import type { HttpRoute } from '../support/every-route.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { PushTestDevice } from '../support/push-device.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';
import { ACTS_ON_COMMENTS, type Act, callOf } from '../support/writing-acts.ts';

jest.setTimeout(120_000);

type Who = 'admin' | 'editor' | 'moderator' | 'member';
interface Scene {
  /** A decision that was undone. */
  readonly undone: DecisionAnswer;
  readonly withdrawn: Post;
  readonly open: Post;
  readonly policy: PolicyVersion;
  readonly sanctionId: string;
}
interface Refused {
  readonly by: Who;
  readonly path: (scene: Scene) => string;
  readonly body?: (scene: Scene) => object;
  readonly form?: (scene: Scene) => Readonly<Record<string, string>>;
  /** Sent along where the rest of a request could not be wrong. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Its refusal is another page. */
  readonly isLedAway?: true;
}

const at = (path: string) => () => path;
const nowhere = newId();
const noLink = `${nowhere}.${'a'.repeat(43)}`;
const noKey = { 'idempotency-key': 'no UUID' };
const taken = { handle: 'the-member', displayName: 'Another', email: 'another@example.org', password: PASSWORD };
const suspension = { kind: 'suspension', reason: 'spam', until: '2015-01-01T00:00:00.000Z' };
const words = { body: 'Other text.', title: 'Another title' };

/** Every route that writes and is not asked of comments, with what it refuses. */
const REFUSED: Partial<Record<HttpRoute, Refused>> = {
  'POST /api/v1/members': { by: 'member', path: at('/api/v1/members'), body: () => taken },
  'PATCH /api/v1/members/me': {
    by: 'member',
    path: at('/api/v1/members/me'),
    body: () => ({ displayName: 'Changed', password: 'another good password', currentPassword: 'wrong' }),
  },
  'PUT /api/v1/members/:id/roles': {
    by: 'admin',
    path: at(`/api/v1/members/${nowhere}/roles`),
    body: () => ({ roles: ['editor'] }),
  },
  'DELETE /api/v1/members/:id/sessions': { by: 'admin', path: at(`/api/v1/members/${nowhere}/sessions`) },
  'POST /leave/:token': { by: 'member', path: at(`/leave/${'a'.repeat(44)}`), form: () => ({}) },
  'POST /notifications/read': {
    by: 'member',
    path: at('/notifications/read'),
    form: () => ({ upTo: '1' }),
    headers: noKey,
  },
  'POST /notifications/attention': {
    by: 'member',
    path: at('/notifications/attention'),
    form: () => ({ post: nowhere }),
  },
  'POST /settings/page': { by: 'member', path: at('/settings/page'), form: () => ({ hidden: '1' }), headers: noKey },
  'POST /settings/attention': {
    by: 'member',
    path: at('/settings/attention'),
    form: () => ({ act: 'ignore', id: nowhere }),
  },
  'POST /settings/notifications': {
    by: 'member',
    path: at('/settings/notifications'),
    form: () => ({ followOwn: '1', zone: 'Nowhere/Land' }),
  },
  'PUT /api/v1/members/me/notifications': {
    by: 'member',
    path: at('/api/v1/members/me/notifications'),
    body: () => ({ followOwn: false, timeZone: 'Nowhere/Land' }),
  },
  'PUT /api/v1/members/me/push': {
    by: 'member',
    path: at('/api/v1/members/me/push'),
    body: () => new PushTestDevice('https://127.0.0.1/push').wish,
  },
  'DELETE /api/v1/members/me/push/:id': { by: 'member', path: at(`/api/v1/members/me/push/${nowhere}`) },
  'DELETE /api/v1/images/:id': { by: 'editor', path: at(`/api/v1/images/${nowhere}`) },
  'POST /api/v1/images': { by: 'editor', path: at('/api/v1/images'), body: () => ({}) },
  'POST /settings/images': { by: 'member', path: at('/settings/images'), form: () => ({ remove: nowhere }) },
  'POST /images/new': { by: 'member', path: at('/images/new'), form: () => ({ body: 'A text' }), headers: noKey },
  'POST /api/v1/inbound-mail': { by: 'member', path: at('/api/v1/inbound-mail'), body: () => ({}) },
  'POST /api/v1/previews': { by: 'member', path: at('/api/v1/previews'), body: () => ({ body: '\u0000' }) },
  'PUT /api/v1/notifications/read': {
    by: 'member',
    path: at('/api/v1/notifications/read'),
    body: () => ({ upTo: 'everything' }),
  },
  'PUT /api/v1/posts/:id/follow': { by: 'member', path: at(`/api/v1/posts/${nowhere}/follow`) },
  'DELETE /api/v1/posts/:id/follow': { by: 'member', path: at('/api/v1/posts/nothing/follow') },
  'PUT /api/v1/posts/:id/mute': { by: 'member', path: ({ withdrawn }) => `/api/v1/posts/${withdrawn.id}/mute` },
  'DELETE /api/v1/posts/:id/mute': { by: 'member', path: at('/api/v1/posts/nothing/mute') },
  'PUT /api/v1/members/:id/ignore': { by: 'member', path: at(`/api/v1/members/${nowhere}/ignore`) },
  'DELETE /api/v1/members/:id/ignore': { by: 'member', path: at('/api/v1/members/nobody/ignore') },
  'POST /settings/notifications/devices/:id/remove': {
    by: 'member',
    path: at(`/settings/notifications/devices/${nowhere}/remove`),
    form: () => ({}),
  },
  'POST /settings/notifications/visits': {
    by: 'member',
    path: at('/settings/notifications/visits'),
    form: () => ({ kept: '0' }),
    headers: noKey,
  },
  'POST /drafts/drop': { by: 'member', path: at('/drafts/drop'), form: () => ({ postId: 'nothing' }) },
  'POST /bookmarks': { by: 'member', path: at('/bookmarks'), form: () => ({ add: nowhere }) },
  'PUT /api/v1/members/me/drafts': {
    by: 'member',
    path: at('/api/v1/members/me/drafts'),
    body: () => ({ postId: nowhere, body: 'A draft' }),
  },
  'DELETE /api/v1/members/me/drafts': { by: 'member', path: at('/api/v1/members/me/drafts?postId=nothing') },
  'POST /api/v1/post-previews': { by: 'editor', path: at('/api/v1/post-previews'), body: () => ({ body: '\u0000' }) },
  'PUT /api/v1/post-drafts/:id': { by: 'editor', path: at(`/api/v1/post-drafts/${nowhere}`), body: () => ({}) },
  'POST /api/v1/posts/:id/preview-links': {
    by: 'editor',
    path: at(`/api/v1/posts/${nowhere}/preview-links`),
    body: () => ({}),
  },
  'DELETE /api/v1/preview-links/:id': { by: 'editor', path: at(`/api/v1/preview-links/${nowhere}`) },
  'POST /write/:id/links': { by: 'editor', path: at(`/write/${nowhere}/links`) },
  'POST /api/v1/post-drafts/from-period': {
    by: 'editor',
    path: at('/api/v1/post-drafts/from-period'),
    body: () => ({ from: '2015-10-31', to: '2015-10-01' }),
  },
  'DELETE /api/v1/post-drafts/:id': { by: 'editor', path: at('/api/v1/post-drafts/nothing?over=1') },
  'PUT /api/v1/posts/:id/asking': { by: 'editor', path: at(`/api/v1/posts/${nowhere}/asking`) },
  'DELETE /api/v1/posts/:id/asking': { by: 'member', path: ({ open }) => `/api/v1/posts/${open.id}/asking` },
  'POST /posts/:slug/asking': {
    by: 'member',
    path: ({ open }) => `/posts/${open.slug}/asking`,
    form: () => ({ asks: '1' }),
  },
  'POST /api/v1/posts/:id/translations': {
    by: 'editor',
    path: ({ withdrawn }) => `/api/v1/posts/${withdrawn.id}/translations`,
    body: () => ({ language: 'th', title: 'ชื่อ', body: 'คำแปล', sourceRevision: 0 }),
  },
  'DELETE /api/v1/translations/:id': { by: 'member', path: at(`/api/v1/translations/${nowhere}`) },
  'POST /api/v1/translations/:id/removal': {
    by: 'moderator',
    path: at(`/api/v1/translations/${nowhere}/removal`),
    body: () => ({ reason: 'spam' }),
  },
  'POST /api/v1/translations/:id/reports': {
    by: 'member',
    path: at(`/api/v1/translations/${nowhere}/reports`),
    body: () => ({ reason: 'spam' }),
  },
  'POST /api/v1/moderation/translations/:id/dismissal': {
    by: 'moderator',
    path: at(`/api/v1/moderation/translations/${nowhere}/dismissal`),
    body: () => ({ revision: 0 }),
  },
  'POST /translations/:id/report': {
    by: 'member',
    path: at(`/translations/${nowhere}/report`),
    form: () => ({ reason: 'spam' }),
  },
  'POST /moderation/translations/:id': {
    by: 'moderator',
    path: at(`/moderation/translations/${nowhere}`),
    form: () => ({ action: 'keep', revision: '0' }),
  },
  'POST /posts/:slug/translations': {
    by: 'editor',
    path: ({ open }) => `/posts/${open.slug}/translations`,
    form: () => ({ language: 'th', title: 'ชื่อ', body: 'คำแปล', sourceRevision: '7' }),
  },
  'POST /translations/:id/remove': {
    by: 'moderator',
    path: at(`/translations/${nowhere}/remove`),
    form: () => ({ reason: 'spam' }),
  },
  'PUT /api/v1/comments/:id/bookmark': { by: 'member', path: at(`/api/v1/comments/${nowhere}/bookmark`) },
  'DELETE /api/v1/comments/:id/bookmark': { by: 'member', path: at('/api/v1/comments/nothing/bookmark') },
  'PUT /api/v1/posts/:id/visit': {
    by: 'member',
    path: at('/api/v1/posts/nothing/visit'),
    body: () => ({ position: '1' }),
  },
  'PUT /api/v1/posts/:id/bookmark': {
    by: 'member',
    path: ({ withdrawn }) => `/api/v1/posts/${withdrawn.id}/bookmark`,
  },
  'DELETE /api/v1/posts/:id/bookmark': { by: 'member', path: at('/api/v1/posts/nothing/bookmark') },
  'DELETE /api/v1/members/:id/second-factor': { by: 'admin', path: at(`/api/v1/members/${nowhere}/second-factor`) },
  'PUT /api/v1/members/me/second-factor': {
    by: 'member',
    path: at('/api/v1/members/me/second-factor'),
    body: () => ({ code: '123456' }),
  },
  'DELETE /api/v1/members/me/second-factor': {
    by: 'member',
    path: at('/api/v1/members/me/second-factor'),
    body: () => ({ code: '123456' }),
  },
  'POST /api/v1/members/me/second-factor': {
    by: 'member',
    path: at('/api/v1/members/me/second-factor'),
    body: () => ({ password: 7 }),
  },
  'POST /api/v1/members/me/passkeys': {
    by: 'member',
    path: at('/api/v1/members/me/passkeys'),
    body: () => ({ passkey: {} }),
  },
  'DELETE /api/v1/members/me/passkeys/:id': { by: 'member', path: at(`/api/v1/members/me/passkeys/${nowhere}`) },
  'DELETE /api/v1/sessions/:id': { by: 'member', path: at(`/api/v1/sessions/${nowhere}`) },
  'POST /settings/data/erasure': {
    by: 'member',
    path: at('/settings/data/erasure'),
    form: () => ({ comments: 'remove', password: 'wrong password' }),
  },
  'POST /settings/data/erasure/:id/back': {
    by: 'member',
    path: at(`/settings/data/erasure/${nowhere}/back`),
    form: () => ({}),
  },
  'POST /admin/members/:id/erasure': {
    by: 'admin',
    path: at(`/admin/members/${nowhere}/erasure`),
    form: () => ({ comments: 'remove' }),
  },
  'POST /admin/erasures': { by: 'admin', path: at('/admin/erasures'), form: () => ({}) },
  'POST /moderation/cases/:id/purge': {
    by: 'moderator',
    path: at(`/moderation/cases/${nowhere}/purge`),
    form: () => ({ reason: 'A phone number' }),
  },
  'POST /settings/devices/:id/end': { by: 'member', path: at(`/settings/devices/${nowhere}/end`), form: () => ({}) },
  'POST /settings/sign-in/second-factor/confirm': {
    by: 'member',
    path: at('/settings/sign-in/second-factor/confirm'),
    form: () => ({ code: '123456' }),
  },
  'POST /settings/sign-in/second-factor/off': {
    by: 'member',
    path: at('/settings/sign-in/second-factor/off'),
    form: () => ({ code: '123456' }),
  },
  'POST /settings/sign-in/passkeys/:id/remove': {
    by: 'member',
    path: at(`/settings/sign-in/passkeys/${nowhere}/remove`),
    form: () => ({}),
  },
  'POST /admin/import': { by: 'admin', path: at('/admin/import'), form: () => ({ chosen: 'nothing' }) },
  'POST /admin/import/:id': { by: 'admin', path: at(`/admin/import/${nowhere}`), form: () => ({ do: 'bring' }) },
  'POST /admin/outbox/tests': { by: 'member', path: at('/admin/outbox/tests'), form: () => ({}) },
  'POST /admin/outbox/retries': {
    by: 'admin',
    path: at('/admin/outbox/retries'),
    form: () => ({ mail: nowhere }),
  },
  'POST /api/v1/members/me/claimable-comments': {
    by: 'member',
    path: at('/api/v1/members/me/claimable-comments'),
    headers: noKey,
  },
  'POST /api/v1/members/me/confirmations': {
    by: 'member',
    path: at('/api/v1/members/me/confirmations'),
    headers: noKey,
  },
  'POST /settings/email': { by: 'member', path: at('/settings/email'), form: () => ({ email: 'no address' }) },
  'POST /settings/comments': { by: 'member', path: at('/settings/comments'), form: () => ({}), headers: noKey },
  'POST /settings/confirmation': {
    by: 'member',
    path: at('/settings/confirmation'),
    form: () => ({}),
    headers: noKey,
  },
  'POST /api/v1/password-resets': {
    by: 'member',
    path: at('/api/v1/password-resets'),
    body: () => ({ email: 'no address' }),
  },
  'PUT /api/v1/password-resets/:token': {
    by: 'member',
    path: at(`/api/v1/password-resets/${noLink}`),
    body: () => ({ password: PASSWORD }),
  },
  'POST /api/v1/sign-in-links': {
    by: 'member',
    path: at('/api/v1/sign-in-links'),
    body: () => ({ email: 'no address' }),
  },
  'POST /api/v1/newsletter/subscriptions': {
    by: 'member',
    path: at('/api/v1/newsletter/subscriptions'),
    body: () => ({ email: 'no address' }),
  },
  'POST /newsletter': { by: 'member', path: at('/newsletter'), form: () => ({ email: 'no address' }) },
  'POST /forgot': { by: 'member', path: at('/forgot'), form: () => ({ email: 'no address' }) },
  'POST /sign-in/link': { by: 'member', path: at('/sign-in/link'), form: () => ({ email: 'no address' }) },
  'POST /reset/:token': { by: 'member', path: at(`/reset/${noLink}`), form: () => ({ password: PASSWORD }) },
  'POST /confirm/:token': { by: 'member', path: at(`/confirm/${noLink}`), form: () => ({}) },
  'POST /stay/:token': { by: 'member', path: at(`/stay/${noLink}`), form: () => ({}) },
  'POST /sign-in/link/:token': { by: 'member', path: at(`/sign-in/link/${noLink}`), form: () => ({}) },
  'POST /sign-in/oidc/:name/new': {
    by: 'member',
    path: at('/sign-in/oidc/nobody/new'),
    form: () => ({ handle: 'somebody-new', displayName: 'Somebody' }),
  },
  'POST /settings/providers/:name': {
    by: 'member',
    path: at('/settings/providers/nobody'),
    form: () => ({ act: 'unlink' }),
  },
  'PUT /api/v1/members/:id/membership': {
    by: 'moderator',
    path: ({ undone: { comment } }) => `/api/v1/members/${comment.author?.id}/membership`,
    body: () => ({ state: 'refused', reason: 'It is in already.' }),
  },
  'POST /moderation/newcomers/:id': {
    by: 'moderator',
    path: ({ undone: { comment } }) => `/moderation/newcomers/${comment.author?.id}`,
    form: () => ({ state: 'refused', reason: 'It is in already.' }),
  },
  'POST /api/v1/invitations': {
    by: 'admin',
    path: at('/api/v1/invitations'),
    body: () => ({ roles: ['editor'], expiresAt: suspension.until }),
  },
  'POST /api/v1/members/me/erasure': {
    by: 'member',
    path: at('/api/v1/members/me/erasure'),
    body: () => ({ comments: 'remove', password: 'wrong password' }),
  },
  'POST /api/v1/members/:id/erasure': {
    by: 'admin',
    path: at(`/api/v1/members/${nowhere}/erasure`),
    body: () => ({ comments: 'remove' }),
  },
  'POST /api/v1/erasures': { by: 'admin', path: at('/api/v1/erasures'), body: () => ({ source: 'disqus' }) },
  'DELETE /api/v1/erasures/:id': { by: 'member', path: at(`/api/v1/erasures/${nowhere}`) },
  'POST /api/v1/comments/:id/purge': {
    by: 'moderator',
    path: at(`/api/v1/comments/${nowhere}/purge`),
    body: () => ({ reason: 'A phone number' }),
  },
  'DELETE /api/v1/invitations/:id': { by: 'admin', path: at(`/api/v1/invitations/${nowhere}`) },
  'POST /admin/invitations': {
    by: 'admin',
    path: at('/admin/invitations'),
    form: () => ({ email: 'no address', note: 'Welcome.', days: '7', roles: 'editor' }),
  },
  'POST /admin/invitations/:id/withdraw': {
    by: 'admin',
    path: at(`/admin/invitations/${nowhere}/withdraw`),
    form: () => ({}),
  },
  'POST /admin/members/:id/roles': {
    by: 'admin',
    path: at(`/admin/members/${nowhere}/roles`),
    form: () => ({ 'role-editor': '1' }),
  },
  'POST /admin/members/:id/sessions': {
    by: 'admin',
    path: at(`/admin/members/${nowhere}/sessions`),
    form: () => ({}),
  },
  'POST /admin/members/:id/second-factor': {
    by: 'admin',
    path: at(`/admin/members/${nowhere}/second-factor`),
    form: () => ({}),
  },
  'POST /api/v1/site/page-moves': {
    by: 'admin',
    path: at('/api/v1/site/page-moves'),
    body: () => ({ pageAliases: [{ from: 'nowhere', to: 'https://blog.example/' }] }),
  },
  'PATCH /api/v1/site': {
    by: 'admin',
    path: at('/api/v1/site'),
    body: () => ({ name: 'Another forum', timeZone: 'Nowhere/Land' }),
  },
  'POST /admin/settings': {
    by: 'admin',
    path: at('/admin/settings'),
    form: () => ({ part: 'languages', defaultLocale: 'en', timeZone: 'Nowhere/Land' }),
  },
  'POST /welcome': {
    by: 'member',
    path: at('/welcome'),
    form: () => ({ ...taken, handle: 'a-second-founder', founderCode: 'x', siteName: 'Another forum' }),
    isLedAway: true,
  },
  'POST /embed/sign-in': {
    by: 'member',
    path: at('/embed/sign-in'),
    form: () => ({ host: 'https://unknown.example', challenge: 'A'.repeat(43) }),
  },
  'POST /embed/sessions': {
    by: 'member',
    path: at('/embed/sessions'),
    form: () => ({ code: 'x', verifier: 'x', url: 'https://unknown.example/' }),
  },
  'POST /embed/comments': {
    by: 'member',
    path: at('/embed/comments'),
    form: () => ({ frame: '/embed?url=https%3A%2F%2Funknown.example%2F', body: 'A text' }),
  },
  'PUT /api/v1/pages': { by: 'member', path: at('/api/v1/pages'), body: () => ({ url: 'https://unknown.example/' }) },
  'POST /api/v1/posts': {
    by: 'editor',
    path: at('/api/v1/posts'),
    body: ({ open: { id } }) => ({ id, ...words }),
  },
  'PATCH /api/v1/posts/:id': {
    by: 'editor',
    path: ({ withdrawn }) => `/api/v1/posts/${withdrawn.id}`,
    body: () => words,
  },
  'POST /api/v1/posts/:id/withdraw': { by: 'editor', path: at(`/api/v1/posts/${nowhere}/withdraw`) },
  'POST /api/v1/posts/:id/issue': {
    by: 'editor',
    path: at(`/api/v1/posts/${nowhere}/issue`),
    body: () => ({ do: 'send' }),
  },
  'POST /api/v1/posts/:id/bring-back': { by: 'editor', path: at(`/api/v1/posts/${nowhere}/bring-back`) },
  'POST /api/v1/moderation/decisions/:id/undo': {
    by: 'moderator',
    path: ({ undone }) => `/api/v1/moderation/decisions/${undone.decision.id}/undo`,
    body: () => ({}),
  },
  'POST /api/v1/moderation/bulk/:id/undo': {
    by: 'moderator',
    path: at(`/api/v1/moderation/bulk/${nowhere}/undo`),
    body: () => ({}),
  },
  'PUT /api/v1/moderation/policy': {
    by: 'moderator',
    path: at('/api/v1/moderation/policy'),
    body: ({ policy: { version, rules } }) => ({ version: version + 7, rules }),
  },
  'POST /api/v1/moderation/appeals/:id': {
    by: 'moderator',
    path: ({ sanctionId }) => `/api/v1/moderation/appeals/${sanctionId}`,
    body: () => ({ outcome: 'granted', answer: 'Yes.' }),
  },
  'POST /api/v1/members/:id/notes': {
    by: 'moderator',
    path: at(`/api/v1/members/${nowhere}/notes`),
    body: () => ({ text: 'A note.' }),
  },
  'POST /api/v1/members/:id/sanctions': {
    by: 'moderator',
    path: ({ undone: { comment } }) => `/api/v1/members/${comment.author?.id}/sanctions`,
    body: () => ({ ...suspension, removeComments: 'all' }),
  },
  'DELETE /api/v1/members/:id/sanctions/:kind': {
    by: 'moderator',
    path: at(`/api/v1/members/${nowhere}/sanctions/ban`),
    body: () => ({ note: 'n'.repeat(2_001) }),
  },
  'POST /api/v1/members/me/sanctions/:id/acknowledgement': {
    by: 'member',
    path: at(`/api/v1/members/me/sanctions/${nowhere}/acknowledgement`),
  },
  'POST /api/v1/members/me/sanctions/:id/appeal': {
    by: 'member',
    path: at(`/api/v1/members/me/sanctions/${nowhere}/appeal`),
    body: () => ({ text: 'It was not so.' }),
  },
  'POST /api/v1/appeals': {
    by: 'member',
    path: at('/api/v1/appeals'),
    body: () => ({ login: 'the-member', password: PASSWORD, text: 'It was not so.' }),
  },
  'POST /register': { by: 'member', path: at('/register'), form: () => taken },
  'POST /settings': {
    by: 'member',
    path: at('/settings'),
    form: () => ({ displayName: 'Changed', locale: 'th', password: 'another good password', currentPassword: 'no' }),
  },
  'POST /write': {
    by: 'editor',
    path: at('/write'),
    // What is written of a post that is there is kept beside it.
    form: ({ open: { id } }) => ({ id, ...words, title: '', locale: 'en', kind: 'article', when: 'now' }),
  },
  'POST /write/from-month': { by: 'editor', path: at('/write/from-month'), form: () => ({ month: 'May' }) },
  'POST /write/:id/drop': { by: 'editor', path: at('/write/nothing/drop'), form: () => ({ over: '1' }) },
  'POST /posts/:slug/issue': {
    by: 'editor',
    path: ({ withdrawn }) => `/posts/${withdrawn.slug}/issue`,
    form: () => ({ do: 'send' }),
  },
  'POST /posts/:slug/withdraw': { by: 'editor', path: at('/posts/nowhere/withdraw') },
  'POST /posts/:slug/bring-back': { by: 'editor', path: at('/posts/nowhere/bring-back') },
  'POST /posts/:slug/revisions': {
    by: 'editor',
    path: ({ withdrawn }) => `/posts/${withdrawn.slug}/revisions`,
    form: () => ({ revision: '7', seen: '0' }),
  },
  'POST /posts/:slug/edit': {
    by: 'editor',
    path: ({ withdrawn }) => `/posts/${withdrawn.slug}/edit`,
    form: () => ({ ...words, locale: 'en' }),
  },
  'POST /moderation/decisions/:id/undo': {
    by: 'moderator',
    path: ({ undone }) => `/moderation/decisions/${undone.decision.id}/undo`,
    form: () => ({ list: 'held' }),
  },
  'POST /moderation/bulk/:id/undo': {
    by: 'moderator',
    path: at(`/moderation/bulk/${nowhere}/undo`),
    form: () => ({ list: 'held' }),
  },
  'POST /moderation/members/:handle/sanctions': {
    by: 'moderator',
    path: at('/moderation/members/nobody-here/sanctions'),
    form: () => ({ kind: 'warning', reason: 'spam', step: 'confirmed' }),
  },
  'POST /moderation/members/:handle/lift': {
    by: 'moderator',
    path: at('/moderation/members/nobody-here/lift'),
    form: () => ({ kind: 'ban', note: '' }),
  },
  'POST /moderation/members/:handle/notes': {
    by: 'moderator',
    path: at('/moderation/members/nobody-here/notes'),
    form: () => ({ text: 'A note.' }),
  },
  'POST /moderation/appeals/:id': {
    by: 'moderator',
    path: ({ sanctionId }) => `/moderation/appeals/${sanctionId}`,
    form: () => ({ outcome: 'granted', answer: 'Yes.' }),
  },
  'POST /settings/sanctions/:id/acknowledgement': {
    by: 'member',
    path: at(`/settings/sanctions/${nowhere}/acknowledgement`),
    form: () => ({}),
  },
  'POST /settings/sanctions/:id/appeal': {
    by: 'member',
    path: at(`/settings/sanctions/${nowhere}/appeal`),
    form: () => ({ text: 'It was not so.' }),
  },
  'POST /appeal': {
    by: 'member',
    path: at('/appeal'),
    form: () => ({ login: 'the-member', password: PASSWORD, text: 'It was not so.' }),
  },
  'POST /moderation/policy': { by: 'moderator', path: at('/moderation/policy'), form: () => ({ version: '77' }) },
  'POST /moderation/policy/back': {
    by: 'moderator',
    path: at('/moderation/policy/back'),
    form: () => ({ restores: '99', version: '0' }),
  },
  'POST /moderation/discussions/:slug': {
    by: 'moderator',
    path: ({ open }) => `/moderation/discussions/${open.slug}`,
    form: () => ({ state: 'open', slowModeSeconds: '0', pinned: nowhere, reason: '' }),
  },
};

/** They open and end sessions, or record nothing at all. */
const NO_COMMANDS = [
  'POST /api/v1/sessions',
  'DELETE /api/v1/sessions/current',
  'POST /sign-in',
  'POST /sign-out',
  'POST /embed/sign-out',
  'POST /embed/languages',
  'POST /demo/sign-in',
  'DELETE /api/v1/sessions',
  'POST /api/v1/sessions/passkey-options',
  'POST /api/v1/members/me/passkeys/options',
  'POST /settings/sign-in/second-factor',
  'POST /locale',
  'POST /languages',
  'POST /api/v1/moderation/policy/simulations',
  'POST /moderation/policy/rehearsals',
  'PUT /api/v1/moderation/claims/:id',
  'DELETE /api/v1/moderation/claims/:id',
];

let forum: RunningForum;
let people: Readonly<Record<Who, TestMember>>;
let scene: Scene;
beforeAll(async () => {
  forum = await startForum();
  people = {
    admin: await forum.admin(),
    editor: await forum.member('the-editor', ['editor']),
    moderator: await forum.member('the-moderator', ['moderator']),
    member: await forum.member('the-member'),
  };
  const [open, withdrawn] = [await forum.publish(people.editor), await forum.publish(people.editor)];
  await forum.done('POST', `/api/v1/posts/${withdrawn.id}/withdraw`, { token: people.editor.token });
  const byModerator = <Body>(method: string, path: string, body?: object): Promise<Body> =>
    forum.done(method, `/api/v1${path}`, { token: people.moderator.token, ...(body === undefined ? {} : { body }) });
  const comment = await forum.comment(people.member, open.id);
  const wish = { action: 'hold', revision: 0 };
  const undone = await byModerator<DecisionAnswer>('POST', `/comments/${comment.id}/decisions`, wish);
  await byModerator('POST', `/moderation/decisions/${undone.decision.id}/undo`, {});
  const warning = { kind: 'warning', reason: 'spam' };
  const { id: sanctionId } = await byModerator<{ id: string }>(
    'POST',
    `/members/${people.member.member.id}/sanctions`,
    warning,
  );
  scene = { undone, withdrawn, open, sanctionId, policy: await byModerator('GET', '/moderation/policy') };
});
afterAll(() => forum.close());

it('is asked of every route that writes', () => {
  const writing = Object.keys(PERMISSIONS).filter((name) => /^(POST|PUT|PATCH|DELETE) /.test(name));
  const asked = new Set([...Object.keys(ACTS_ON_COMMENTS), ...Object.keys(REFUSED), ...NO_COMMANDS]);
  expect(writing.filter((name) => !/ (\/api\/v1)?\/audit\//.test(name)).sort()).toEqual([...asked].sort());
});

it.each(Object.entries(REFUSED))('%s records nothing of what it refuses', async (route, refusal) => {
  const { by, path, body, form, headers, isLedAway = false } = refusal;
  const act: Act = {
    method: route.split(' ')[0] ?? '',
    path: path(scene),
    ...(body === undefined ? {} : { body: body(scene) }),
    ...(form === undefined ? {} : { form: form(scene) }),
  };
  const { store } = forum.forum.log;
  const head = await store.head();
  const call = callOf(act, people[by].token);
  const { status } = await forum.call(act.method, act.path, { ...call, headers: { ...call.headers, ...headers } });
  const recorded: string[] = [];
  for await (const { type } of store.readAll({ after: head })) if (!type.startsWith('HiddenSeen')) recorded.push(type);
  const refused = isLedAway ? status === 303 : status >= 400 && status < 500;
  expect({ refused, status, recorded }).toEqual({ refused: true, status, recorded: [] });
});
