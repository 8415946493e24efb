import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type {
  Answers,
  AskedErasure,
  BulkAnswer,
  Comment,
  DecisionAnswer,
  NewInvitation,
  Passkey,
  PasskeyCreation,
  Post,
  PreviewLink,
  Sanction,
  SecondFactorOffer,
} from '../../libs/client/index.ts';
import { deriveId, isRecord } from '../../libs/kernel/index.ts';
import type { DocumentedRoute, ProgramRoute } from '../../src/api/http/openapi/route-docs.ts';
import { FIRST_POLICY } from '../../src/domain/policy/policy.settings.ts';
import { type Answer, PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { formOf } from '../support/image-form.ts';
import { delivered, INBOUND_PATH, INBOUND_SECRET } from '../support/inbound-mail.ts';
import { mailedLink } from '../support/mailed-links.ts';
import { drawn } from '../support/pictures.ts';
import { PushTestDevice } from '../support/push-device.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';
import { SoftAuthenticator } from '../support/soft-authenticator.ts';
import { toldAnswers } from '../support/told-answers.ts';
import { addPasskey, codeOf, type TurnedOn, turnOn } from '../support/two-factors.ts';

jest.setTimeout(60_000);

/** What a route is asked with so that it does what it is for. */
interface Asked {
  readonly path: string;
  readonly body?: object;
  /** A form in parts, as it is sent. */
  readonly parts?: ReturnType<typeof formOf>;
  /** Sent as a mail server delivers it. */
  readonly mail?: string;
  /** The admin unless told. */
  readonly by?: TestMember;
}

const PUSHED = new PushTestDevice('https://push.example/send/a');

let forum: RunningForum;
let admin: TestMember;
let moderator: TestMember;
let judge: TestMember;
let writer: TestMember;
let warned: TestMember;
let banned: TestMember;
let post: Post;
let issue: Post;
let invitationId: string;
let root: Comment;
let held: readonly Comment[];
let decided: DecisionAnswer;
let bulk: BulkAnswer;
let warning: Sanction;
let resetting: string;
/** One whose second factor is on, one who was offered one, and one who has passkeys. */
let guarded: TestMember;
let factor: TurnedOn;
let offered: TestMember;
let secret: string;
let keyed: TestMember;
let passkey: Passkey;
let creation: PasskeyCreation;
let erasureId: string;
let picture: Buffer;
let imageId: string;
/** Of a text that is not published, and a link to it. */
let unpublishedId: string;
let previewId: string;

beforeAll(async () => {
  forum = await startForum({
    env: {
      HOST: 'localhost',
      METRICS: 'on',
      PUBLIC_MODERATION_LOG: 'on',
      EMBED_ORIGINS: 'https://blog.example',
      INBOUND_SECRET,
    },
  });
  admin = await forum.admin();
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { newsletter: true } });
  picture = await drawn(20, 10).png().toBuffer();
  const bring = { token: admin.token, ...formOf([['file', picture]]) };
  imageId = (await forum.done<Answers['POST /api/v1/images']>('POST', '/api/v1/images', bring)).image.id;
  moderator = await forum.member('the-moderator', ['moderator']);
  judge = await forum.member('the-judge', ['moderator']);
  writer = await forum.member('writer');
  warned = await forum.member('warned');
  banned = await forum.member('banned');
  post = await forum.publish(admin, { tags: ['a'], excerpt: 'Short' });
  unpublishedId = newId();
  const by = { token: admin.token };
  await forum.done('PUT', `/api/v1/post-drafts/${unpublishedId}`, { ...by, body: { title: 'Not yet' } });
  const sharing = `/api/v1/posts/${unpublishedId}/preview-links`;
  previewId = (await forum.done<PreviewLink>('POST', sharing, { ...by, body: {} })).id;
  issue = await forum.publish(admin, { title: 'The month', kind: 'newsletter' });
  root = await forum.comment(writer, post.id, { body: 'The question' });
  const answers = Array.from({ length: 6 }, (_, n) =>
    forum.comment(writer, post.id, { parentId: root.id, body: `Answer ${n}` }),
  );
  held = await Promise.all(answers);
  decided = await rule(held[0]);
  bulk = await forum.done('POST', '/api/v1/moderation/decisions', {
    token: moderator.token,
    body: { items: held.slice(1, 3).map(({ id, revision }) => ({ commentId: id, revision })), action: 'hold' },
  });
  warning = await sanctioned(warned, 'warning');
  const invited = await forum.done<NewInvitation>('POST', '/api/v1/invitations', { token: admin.token, body: {} });
  invitationId = invited.invitation.id;
  await sanctioned(banned, 'ban');
  resetting = await mailedLink(forum, 'reset', (await forum.member('forgetful')).member.id);
  guarded = await forum.member('guarded');
  factor = await turnOn(forum, guarded);
  offered = await forum.member('offered');
  secret = (await forum.done<SecondFactorOffer>('POST', FACTOR, { token: offered.token })).secret;
  keyed = await forum.member('keyed');
  ({ passkey } = await addPasskey(forum, keyed));
  creation = await forum.done('POST', `${KEYS}/options`, { token: keyed.token });
  const asked = { comments: 'keep', password: PASSWORD };
  ({ erasureId } = await forum.done<AskedErasure>('POST', '/api/v1/members/me/erasure', {
    token: (await forum.member('leaving')).token,
    body: asked,
  }));
});
afterAll(() => forum.close());

function rule(comment: Comment | undefined): Promise<DecisionAnswer> {
  return forum.done('POST', `/api/v1/comments/${comment?.id}/decisions`, {
    token: moderator.token,
    body: { action: 'hold', reason: 'spam', note: 'Look', revision: comment?.revision },
  });
}

function sanctioned(member: TestMember, kind: string): Promise<Sanction> {
  return forum.done('POST', `/api/v1/members/${member.member.id}/sanctions`, {
    token: moderator.token,
    body: { kind, reason: 'abuse', statement: 'No more of this', commentId: root.id },
  });
}

/** The session's id, which its token carries. */
function sessionOf({ token }: TestMember): string {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return isRecord(claims) ? String(claims['sid']) : '';
}

const FACTOR = '/api/v1/members/me/second-factor';
const KEYS = '/api/v1/members/me/passkeys';
const COMMENT = (): string => `/api/v1/comments/${root.id}`;
const WRITER = (): string => `/api/v1/members/${writer.member.id}`;

/** In their order: what is done to one comment is read afterwards. A route that is missing here does not compile. */
const ASKED: Readonly<Record<ProgramRoute, () => Asked>> = {
  'POST /api/v1/members': () => ({
    path: '/api/v1/members',
    body: { handle: 'another', displayName: 'A', email: 'a@example.org', password: PASSWORD },
  }),
  'POST /api/v1/sessions': () => ({ path: '/api/v1/sessions', body: { login: 'another', password: PASSWORD } }),
  'GET /api/v1/members': () => ({ path: '/api/v1/members?limit=3' }),
  'GET /api/v1/members/me': () => ({ path: '/api/v1/members/me' }),
  'PATCH /api/v1/members/me': () => ({ path: '/api/v1/members/me', body: { displayName: 'Boss' } }),
  'GET /api/v1/members/:handle': () => ({ path: '/api/v1/members/writer' }),
  'PUT /api/v1/members/:id/roles': () => ({
    path: `/api/v1/members/${judge.member.id}/roles`,
    body: { roles: ['moderator', 'editor'] },
  }),

  'POST /api/v1/members/me/confirmations': () => ({ path: '/api/v1/members/me/confirmations' }),
  'GET /api/v1/members/me/claimable-comments': () => ({ path: '/api/v1/members/me/claimable-comments' }),
  'POST /api/v1/members/me/claimable-comments': () => ({ path: '/api/v1/members/me/claimable-comments' }),
  'POST /api/v1/password-resets': () => ({
    path: '/api/v1/password-resets',
    body: { email: 'nobody@example.org' },
  }),
  'PUT /api/v1/password-resets/:token': () => ({
    path: `/api/v1/password-resets/${resetting}`,
    body: { password: `another ${PASSWORD}` },
  }),
  'POST /api/v1/newsletter/subscriptions': () => ({
    path: '/api/v1/newsletter/subscriptions',
    body: { email: 'a@example.org', locale: 'vi' },
  }),
  'POST /api/v1/sign-in-links': () => ({
    path: '/api/v1/sign-in-links',
    body: { email: 'a@example.org', next: '/archive' },
  }),
  'GET /api/v1/site': () => ({ path: '/api/v1/site' }),
  'POST /api/v1/site/page-moves': () => ({ path: '/api/v1/site/page-moves', body: { pageAliases: [] } }),
  'PATCH /api/v1/site': () => ({ path: '/api/v1/site', body: { name: 'A forum', pages: { about: '# About' } } }),
  'PUT /api/v1/members/:id/membership': () => ({
    path: `/api/v1/members/${judge.member.id}/membership`,
    body: { state: 'active' },
  }),
  'POST /api/v1/invitations': () => ({
    path: '/api/v1/invitations',
    body: { roles: ['editor'], locale: 'lo', note: 'For A' },
  }),
  'GET /api/v1/invitations': () => ({ path: '/api/v1/invitations' }),
  'DELETE /api/v1/invitations/:id': () => ({ path: `/api/v1/invitations/${invitationId}` }),
  'GET /api/v1/members/me/data': () => ({ path: '/api/v1/members/me/data' }),
  'POST /api/v1/members/me/erasure': () => ({
    path: '/api/v1/members/me/erasure',
    body: { comments: 'keep', password: PASSWORD },
    by: keyed,
  }),
  'POST /api/v1/members/:id/erasure': () => ({
    path: `/api/v1/members/${keyed.member.id}/erasure`,
    body: { comments: 'keep' },
  }),
  'GET /api/v1/erasures/:id': () => ({ path: `/api/v1/erasures/${erasureId}` }),
  'DELETE /api/v1/erasures/:id': () => ({ path: `/api/v1/erasures/${erasureId}` }),
  'POST /api/v1/erasures': () => ({ path: '/api/v1/erasures', body: { email: 'nobody@example.org' } }),

  'GET /api/v1/posts': () => ({ path: '/api/v1/posts?limit=1' }),
  'GET /api/v1/posts/archive': () => ({ path: '/api/v1/posts/archive' }),
  'GET /api/v1/posts/:idOrSlug': () => ({ path: `/api/v1/posts/${post.slug}` }),
  'POST /api/v1/posts': () => ({ path: '/api/v1/posts', body: { title: 'T', body: 'B' } }),
  'PATCH /api/v1/posts/:id': () => ({ path: `/api/v1/posts/${post.id}`, body: { title: 'Other' } }),
  'PUT /api/v1/posts/:id/discussion': () => ({
    path: `/api/v1/posts/${post.id}/discussion`,
    body: { state: 'open', pinnedCommentId: root.id },
  }),

  'POST /api/v1/posts/:id/comments': () => ({ path: `/api/v1/posts/${post.id}/comments`, body: { body: 'C' } }),
  'POST /api/v1/images': () => ({ path: '/api/v1/images', parts: formOf([['file', picture]]) }),
  'DELETE /api/v1/images/:id': () => ({ path: `/api/v1/images/${imageId}` }),
  'POST /api/v1/inbound-mail': () => ({ path: INBOUND_PATH, mail: 'From: a@example.org\r\n\r\nA mail' }),
  'POST /api/v1/previews': () => ({ path: '/api/v1/previews', body: { body: 'C' } }),
  'POST /api/v1/comments/:id/translations': () => ({
    path: `${COMMENT()}/translations`,
    body: { language: 'th', body: 'คำแปล', sourceRevision: 0 },
  }),
  'GET /api/v1/comments/:id/translations': () => ({ path: `${COMMENT()}/translations` }),
  'DELETE /api/v1/translations/:id': () => ({
    path: `/api/v1/translations/${deriveId('translation', 'comment', root.id, 'th', admin.member.id)}`,
  }),
  'PATCH /api/v1/comments/:id': () => ({ path: COMMENT(), body: { body: 'Edited', revision: 0 }, by: writer }),
  'PUT /api/v1/comments/:id/language': () => ({ path: `${COMMENT()}/language`, body: { language: 'th' } }),
  'PUT /api/v1/comments/:id/reactions/:kind': () => ({ path: `${COMMENT()}/reactions/like` }),
  'GET /api/v1/posts/:id/comments': () => ({ path: `/api/v1/posts/${post.id}/comments` }),
  'GET /api/v1/posts/:id/activity': () => ({ path: `/api/v1/posts/${post.id}/activity` }),
  'GET /api/v1/posts/:id/changes': () => ({ path: `/api/v1/posts/${post.id}/changes?after=${root.position}` }),
  'GET /api/v1/comments/:id': () => ({ path: COMMENT() }),
  'GET /api/v1/comments/:id/history': () => ({ path: `${COMMENT()}/history` }),
  'GET /api/v1/comments/:id/diff': () => ({ path: `${COMMENT()}/diff?from=0&to=1` }),
  'GET /api/v1/comments/:id/receipt': () => ({ path: `${COMMENT()}/receipt` }),
  'DELETE /api/v1/comments/:id/reactions/:kind': () => ({ path: `${COMMENT()}/reactions/like` }),
  'DELETE /api/v1/comments/:id': () => ({ path: `/api/v1/comments/${held[5]?.id}`, by: writer }),

  'GET /api/v1/notifications': () => ({ path: '/api/v1/notifications?filter=unread', by: writer }),
  'PUT /api/v1/notifications/read': () => ({
    path: '/api/v1/notifications/read',
    body: { upTo: root.position },
    by: writer,
  }),
  'GET /api/v1/members/me/notifications': () => ({ path: '/api/v1/members/me/notifications' }),
  'PUT /api/v1/members/me/notifications': () => ({
    path: '/api/v1/members/me/notifications',
    body: { ways: { followed: ['daily'] }, quietHours: { from: '22:00', to: '07:00' }, timeZone: 'Asia/Bangkok' },
  }),
  'GET /api/v1/members/me/push': () => ({ path: '/api/v1/members/me/push' }),
  'PUT /api/v1/members/me/push': () => ({ path: '/api/v1/members/me/push', body: PUSHED.wish }),
  'DELETE /api/v1/members/me/push/:id': () => ({
    path: `/api/v1/members/me/push/${deriveId('push subscription', admin.member.id, PUSHED.endpoint)}`,
  }),
  'GET /api/v1/members/me/follows': () => ({ path: '/api/v1/members/me/follows' }),
  'GET /api/v1/members/me/mutes': () => ({ path: '/api/v1/members/me/mutes' }),
  'GET /api/v1/members/me/ignores': () => ({ path: '/api/v1/members/me/ignores' }),
  'PUT /api/v1/posts/:id/follow': () => ({ path: `/api/v1/posts/${post.id}/follow` }),
  'DELETE /api/v1/posts/:id/follow': () => ({ path: `/api/v1/posts/${post.id}/follow` }),
  'PUT /api/v1/posts/:id/mute': () => ({ path: `/api/v1/posts/${post.id}/mute` }),
  'DELETE /api/v1/posts/:id/mute': () => ({ path: `/api/v1/posts/${post.id}/mute` }),
  'PUT /api/v1/members/:id/ignore': () => ({ path: `${WRITER()}/ignore` }),
  'DELETE /api/v1/members/:id/ignore': () => ({ path: `${WRITER()}/ignore` }),

  'PUT /api/v1/members/me/drafts': () => ({
    path: '/api/v1/members/me/drafts',
    body: { postId: post.id, parentId: root.id, body: 'A draft' },
  }),
  'GET /api/v1/members/me/drafts': () => ({ path: '/api/v1/members/me/drafts' }),
  'DELETE /api/v1/members/me/drafts': () => ({
    path: `/api/v1/members/me/drafts?postId=${post.id}&parentId=${root.id}`,
  }),
  'POST /api/v1/post-previews': () => ({ path: '/api/v1/post-previews', body: { body: 'C' } }),
  'PUT /api/v1/post-drafts/:id': () => ({ path: `/api/v1/post-drafts/${post.id}`, body: { title: 'Another title' } }),
  'POST /api/v1/post-drafts/from-period': () => ({
    path: '/api/v1/post-drafts/from-period',
    body: { from: post.publishedAt.slice(0, 10), to: post.publishedAt.slice(0, 10) },
  }),
  'GET /api/v1/post-drafts': () => ({ path: '/api/v1/post-drafts' }),
  'GET /api/v1/post-drafts/:id': () => ({ path: `/api/v1/post-drafts/${post.id}` }),
  'POST /api/v1/posts/:id/preview-links': () => ({
    path: `/api/v1/posts/${unpublishedId}/preview-links`,
    body: { days: 2 },
  }),
  'GET /api/v1/posts/:id/preview-links': () => ({ path: `/api/v1/posts/${unpublishedId}/preview-links` }),
  'DELETE /api/v1/preview-links/:id': () => ({ path: `/api/v1/preview-links/${previewId}` }),
  'DELETE /api/v1/post-drafts/:id': () => ({ path: `/api/v1/post-drafts/${newId()}?over=1` }),
  'PUT /api/v1/posts/:id/asking': () => ({ path: `/api/v1/posts/${post.id}/asking` }),
  'PUT /api/v1/comments/:id/accepted': () => ({ path: `${COMMENT()}/accepted` }),
  'DELETE /api/v1/comments/:id/accepted': () => ({ path: `${COMMENT()}/accepted` }),
  'PUT /api/v1/comments/:id/featured': () => ({ path: `${COMMENT()}/featured` }),
  'DELETE /api/v1/comments/:id/featured': () => ({ path: `${COMMENT()}/featured` }),
  'DELETE /api/v1/posts/:id/asking': () => ({ path: `/api/v1/posts/${post.id}/asking` }),
  'POST /api/v1/posts/:id/translations': () => ({
    path: `/api/v1/posts/${issue.id}/translations`,
    body: { language: 'th', title: 'ชื่อ', body: 'คำแปล', sourceRevision: 0 },
  }),
  'GET /api/v1/posts/:id/translations': () => ({ path: `/api/v1/posts/${issue.id}/translations` }),
  'POST /api/v1/translations/:id/reports': () => ({
    path: `/api/v1/translations/${deriveId('translation', 'post', issue.id, 'th', admin.member.id)}/reports`,
    body: { reason: 'other', note: 'Look' },
    by: writer,
  }),
  'GET /api/v1/moderation/translations': () => ({ path: '/api/v1/moderation/translations' }),
  'POST /api/v1/moderation/translations/:id/dismissal': () => ({
    path: `/api/v1/moderation/translations/${deriveId('translation', 'post', issue.id, 'th', admin.member.id)}/dismissal`,
    body: { revision: 0 },
    by: judge,
  }),
  'POST /api/v1/translations/:id/removal': () => ({
    path: `/api/v1/translations/${deriveId('translation', 'post', issue.id, 'th', admin.member.id)}/removal`,
    body: { reason: 'other' },
  }),
  'PUT /api/v1/comments/:id/bookmark': () => ({ path: `${COMMENT()}/bookmark` }),
  'PUT /api/v1/posts/:id/visit': () => ({
    path: `/api/v1/posts/${post.id}/visit`,
    body: { position: root.position },
  }),
  'PUT /api/v1/posts/:id/bookmark': () => ({ path: `/api/v1/posts/${post.id}/bookmark` }),
  'GET /api/v1/bookmarks': () => ({ path: '/api/v1/bookmarks' }),
  'DELETE /api/v1/comments/:id/bookmark': () => ({ path: `${COMMENT()}/bookmark` }),
  'DELETE /api/v1/posts/:id/bookmark': () => ({ path: `/api/v1/posts/${post.id}/bookmark` }),

  'POST /api/v1/comments/:id/purge': () => ({
    path: `/api/v1/comments/${held[5]?.id}/purge`,
    body: { reason: 'A phone number' },
  }),
  'POST /api/v1/comments/:id/reports': () => ({
    path: `${COMMENT()}/reports`,
    body: { reason: 'other', note: 'Look' },
  }),
  'PUT /api/v1/moderation/claims/:id': () => ({ path: `/api/v1/moderation/claims/${root.id}` }),
  'GET /api/v1/moderation/queue': () => ({ path: '/api/v1/moderation/queue?list=reported' }),
  'GET /api/v1/moderation/cases/:id': () => ({ path: `/api/v1/moderation/cases/${root.id}` }),
  'DELETE /api/v1/moderation/claims/:id': () => ({ path: `/api/v1/moderation/claims/${root.id}` }),
  'POST /api/v1/comments/:id/decisions': () => ({
    path: `/api/v1/comments/${held[3]?.id}/decisions`,
    body: { action: 'remove', revision: 0 },
  }),
  'POST /api/v1/moderation/decisions': () => ({
    path: '/api/v1/moderation/decisions',
    body: { items: [held[3], held[4]].map((one) => ({ commentId: one?.id, revision: 0 })), action: 'hold' },
  }),
  'GET /api/v1/moderation/decisions/:id': () => ({ path: `/api/v1/moderation/decisions/${decided.decision.id}` }),
  'POST /api/v1/moderation/decisions/:id/undo': () => ({
    path: `/api/v1/moderation/decisions/${decided.decision.id}/undo`,
    body: { note: 'A slip' },
  }),
  'POST /api/v1/moderation/bulk/:id/undo': () => ({ path: `/api/v1/moderation/bulk/${bulk.bulkId}/undo` }),

  'PUT /api/v1/moderation/policy': () => ({
    path: '/api/v1/moderation/policy',
    body: { ...FIRST_POLICY, version: 0, note: 'As it was' },
  }),
  'GET /api/v1/moderation/policy': () => ({ path: '/api/v1/moderation/policy' }),
  'GET /api/v1/moderation/policy/versions': () => ({ path: '/api/v1/moderation/policy/versions' }),
  'POST /api/v1/moderation/policy/simulations': () => ({
    path: '/api/v1/moderation/policy/simulations',
    body: { policy: { rules: FIRST_POLICY.rules.map((one) => ({ ...one, on: one.rule === 'pre-moderate-all' })) } },
  }),

  'GET /api/v1/members/:id/record': () => ({ path: `${WRITER()}/record` }),
  'GET /api/v1/members/:id/comments': () => ({ path: `${WRITER()}/comments` }),
  'POST /api/v1/members/:id/notes': () => ({ path: `${WRITER()}/notes`, body: { text: 'Once more' } }),
  'GET /api/v1/members/:id/notes': () => ({ path: `${WRITER()}/notes` }),
  'POST /api/v1/members/:id/sanctions': () => ({
    path: `${WRITER()}/sanctions`,
    body: { kind: 'suspension', until: new Date(Date.now() + 86_400_000).toISOString(), reason: 'spam' },
  }),
  'DELETE /api/v1/members/:id/sanctions/:kind': () => ({ path: `${WRITER()}/sanctions/suspension` }),
  'POST /api/v1/members/me/sanctions/:id/acknowledgement': () => ({
    path: `/api/v1/members/me/sanctions/${warning.id}/acknowledgement`,
    by: warned,
  }),
  'POST /api/v1/members/me/sanctions/:id/appeal': () => ({
    path: `/api/v1/members/me/sanctions/${warning.id}/appeal`,
    body: { text: 'It was a joke' },
    by: warned,
  }),
  'GET /api/v1/members/me/sanctions': () => ({ path: '/api/v1/members/me/sanctions', by: warned }),
  'POST /api/v1/appeals': () => ({
    path: '/api/v1/appeals',
    body: { login: 'banned', password: PASSWORD, text: 'I am sorry' },
  }),
  'GET /api/v1/moderation/appeals': () => ({ path: '/api/v1/moderation/appeals' }),
  'POST /api/v1/moderation/appeals/:id': () => ({
    path: `/api/v1/moderation/appeals/${warning.id}`,
    body: { outcome: 'granted', answer: 'It was' },
    by: judge,
  }),
  'GET /api/v1/moderation/log': () => ({ path: '/api/v1/moderation/log' }),
  'GET /api/v1/moderation/report': () => ({ path: '/api/v1/moderation/report' }),
  'GET /api/v1/moderation/public-log': () => ({ path: '/api/v1/moderation/public-log' }),

  'GET /api/v1/audit/events': () => ({ path: '/api/v1/audit/events' }),
  'GET /api/v1/audit/events/:position': () => ({ path: '/api/v1/audit/events/1' }),
  'GET /api/v1/audit/looks': () => ({ path: '/api/v1/audit/looks' }),
  'GET /api/v1/audit/days': () => ({ path: '/api/v1/audit/days' }),
  'GET /api/v1/audit/views': () => ({ path: '/api/v1/audit/views' }),
  'POST /api/v1/audit/views/:name/verifications': () => ({ path: '/api/v1/audit/views/post-list/verifications' }),
  'GET /api/v1/audit/checkpoint': () => ({ path: '/api/v1/audit/checkpoint' }),
  'GET /api/v1/audit/checkpoints': () => ({ path: '/api/v1/audit/checkpoints' }),
  'GET /api/v1/audit/key': () => ({ path: '/api/v1/audit/key' }),
  'GET /api/v1/audit/keys': () => ({ path: '/api/v1/audit/keys' }),
  'GET /api/v1/audit/proofs/inclusion': () => ({ path: '/api/v1/audit/proofs/inclusion?position=3' }),
  'GET /api/v1/audit/proofs/consistency': () => ({ path: '/api/v1/audit/proofs/consistency?from=1&to=3' }),
  'GET /api/v1/audit/tlog/checkpoint': () => ({ path: '/api/v1/audit/tlog/checkpoint' }),
  'GET /api/v1/audit/tlog/tile/*': () => ({ path: '/api/v1/audit/tlog/tile/entries/000.p/3' }),

  'GET /api/v1/counts': () => ({ path: '/api/v1/counts?url=https%3A%2F%2Fblog.example%2Fa' }),
  'GET /api/v1/posts/recent-comments': () => ({ path: '/api/v1/posts/recent-comments' }),
  'GET /api/v1/search': () => ({ path: '/api/v1/search?q=peace' }),
  'PUT /api/v1/pages': () => ({ path: '/api/v1/pages', body: { url: 'https://blog.example/a', title: 'A' } }),
  'POST /api/v1/posts/:id/withdraw': () => ({ path: `/api/v1/posts/${post.id}/withdraw` }),
  'GET /api/v1/posts/:id/issue': () => ({ path: `/api/v1/posts/${issue.id}/issue` }),
  'POST /api/v1/posts/:id/issue': () => ({ path: `/api/v1/posts/${issue.id}/issue`, body: { do: 'send' } }),
  'POST /api/v1/posts/:id/bring-back': () => ({ path: `/api/v1/posts/${post.id}/bring-back` }),
  'GET /api/v1/openapi.json': () => ({ path: '/api/v1/openapi.json' }),
  'GET /api/v1/docs': () => ({ path: '/api/v1/docs' }),
  'GET /health/live': () => ({ path: '/health/live' }),
  'GET /health/ready': () => ({ path: '/health/ready' }),
  'GET /metrics': () => ({ path: '/metrics' }),
  'GET /api/v1/sessions': () => ({ path: '/api/v1/sessions' }),
  'POST /api/v1/sessions/passkey-options': () => ({ path: '/api/v1/sessions/passkey-options' }),
  'POST /api/v1/members/me/second-factor': () => ({ path: FACTOR }),
  'PUT /api/v1/members/me/second-factor': () => ({ path: FACTOR, body: { code: codeOf(secret) }, by: offered }),
  'DELETE /api/v1/members/me/second-factor': () => ({
    path: FACTOR,
    body: { code: factor.recoveryCodes[0] ?? '' },
    by: guarded,
  }),
  'DELETE /api/v1/members/:id/sessions': () => ({ path: `/api/v1/members/${offered.member.id}/sessions` }),
  'DELETE /api/v1/members/:id/second-factor': () => ({ path: `/api/v1/members/${offered.member.id}/second-factor` }),
  'POST /api/v1/members/me/passkeys/options': () => ({ path: `${KEYS}/options`, by: keyed }),
  'POST /api/v1/members/me/passkeys': () => ({
    path: KEYS,
    body: { passkey: new SoftAuthenticator(forum.url).create(creation), name: 'Key' },
    by: keyed,
  }),
  'DELETE /api/v1/members/me/passkeys/:id': () => ({ path: `${KEYS}/${passkey.id}`, by: keyed }),
  'DELETE /api/v1/sessions': () => ({ path: '/api/v1/sessions', by: keyed }),
  'DELETE /api/v1/sessions/:id': () => ({ path: `/api/v1/sessions/${sessionOf(keyed)}`, by: keyed }),
  'DELETE /api/v1/sessions/current': () => ({ path: '/api/v1/sessions/current' }),
};

it.each(Object.entries(ASKED))(
  '%s does what it is for, and answers what is told and nothing else',
  async (name, ask) => {
    const { path, body, mail, parts, by = admin } = ask();
    const [method = ''] = name.split(' ');
    const plain = parts ?? (body === undefined ? {} : { body });
    const sent = mail === undefined ? plain : delivered(mail);
    const call = () => forum.call(method, path, { token: by.token, ...sent });
    const answer = await onceFree(call);
    const route = toldAnswers().routeOf(method, path);
    expect({ answered: route?.name, status: answer.status, body: answer.body }).toEqual({
      answered: name,
      status: route?.doc.status,
      body: answer.body,
    });
    if (route === undefined) return;
    expect(toldAnswers().complaints(route, answer)).toEqual([]);
    if (name !== 'GET /api/v1/openapi.json') requireNothingElse(route, answer);
  },
);

/** The answer once no comparison of a view is under way, which the forum begins by itself a minute after its start. */
async function onceFree(call: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await call();
    const isBusy = isRecord(answer.body) && String(answer.body.detail).startsWith('Another verification');
    if (!isBusy) return answer;
    await pause(50);
  }
}

function requireNothingElse(route: DocumentedRoute, answer: Answer): void {
  for (const [place, more] of withOneMore(answer.body)) {
    const complaints = toldAnswers().complaints(route, { ...answer, body: more });
    expect({ place, refused: complaints.length > 0 }).toEqual({ place, refused: !isOpen(route, place) });
  }
}

it('tells of a field that goes missing', () => {
  const route = toldAnswers().routeOf('GET', COMMENT());
  if (route === undefined) throw new Error('no route');
  const headers = new Headers({ 'content-type': 'application/json' });
  const { replyCount: _, ...less } = root;
  expect(toldAnswers().complaints(route, { status: 200, headers, body: root })).toEqual([]);
  expect(toldAnswers().complaints(route, { status: 200, headers, body: less })).not.toEqual([]);
});

/** Where anything may stand: in what an event holds. */
function isOpen({ name }: DocumentedRoute, place: string): boolean {
  return name.startsWith('GET /api/v1/audit/events') && /\/data\b/.test(place);
}

const SURPRISE = 'surprise';

/** The answer again with a field more: once for each kind of object in it, which is an object at a place without its numbers. */
function* withOneMore(body: unknown): Generator<readonly [string, unknown]> {
  const kinds = new Set<string>();
  for (const [place, keys] of objectsIn(body, '/', [])) {
    const kind = place.replace(/\d+/g, '*');
    if (kinds.has(kind)) continue;
    kinds.add(kind);
    const copy = structuredClone(body);
    const target = keys.reduce<unknown>((node, key) => Reflect.get(Object(node), key), copy);
    Reflect.set(Object(target), SURPRISE, { surprise: 1 });
    yield [place, copy];
  }
}

function* objectsIn(
  node: unknown,
  place: string,
  keys: readonly string[],
): Generator<readonly [string, readonly string[]]> {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) yield [place, keys];
  for (const [key, child] of Object.entries(node)) yield* objectsIn(child, `${place}/${key}`, [...keys, key]);
}
