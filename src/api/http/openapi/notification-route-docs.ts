import { ListQuery } from '../dto/lists.ts';
import { NotificationChoiceBody, NotificationListQuery, PushBody, ReadMarkBody } from '../dto/notifications.ts';
import type { DocsOf, ProgramRoute } from './route-doc.ts';

type NotificationRoute = Extract<
  ProgramRoute,
  | `${string}/notifications${string}`
  | `${string}/inbound-mail`
  | `${string}/follow`
  | `${string}/mute`
  | `${string}/ignore`
  | `${string}/members/me/push${string}`
  | `${string}/members/me/${'follows' | 'mutes' | 'ignores'}`
>;

/** The purpose, input and answers of the routes about what members are told of. */
export const NOTIFICATION_ROUTE_DOCS: DocsOf<NotificationRoute> = {
  'POST /api/v1/inbound-mail': {
    tag: 'comments',
    summary:
      'Hand over a mail as it came in (message/rfc822), signed in Colloquy-Signature: an answer to a mail of the forum becomes a comment',
    status: 200,
    refusals: ['unauthenticated', 'too_large', 'unsupported_media_type', 'overloaded'],
  },
  'GET /api/v1/notifications': {
    tag: 'members',
    summary: 'What the member was told of, newest first, without what is held, removed, erased, muted or ignored now',
    query: NotificationListQuery,
    status: 200,
    refusals: [],
  },
  'PUT /api/v1/notifications/read': {
    tag: 'members',
    summary: 'Mark everything up to a position as read; how much is unread then',
    body: ReadMarkBody,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/members/me/notifications': {
    tag: 'members',
    summary: 'What the member wants to be told of, and on which ways',
    status: 200,
    refusals: [],
  },
  'PUT /api/v1/members/me/notifications': {
    tag: 'members',
    summary: 'Choose them, kind by kind, with quiet hours in the own time zone; what is left out stays',
    body: NotificationChoiceBody,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/members/me/push': {
    tag: 'members',
    summary: 'The devices on which one is told by push, and the key that a browser subscribes with',
    status: 200,
    refusals: ['storage_unavailable'],
  },
  'PUT /api/v1/members/me/push': {
    tag: 'members',
    summary:
      'Be told by push on a device (Web Push, RFC 8030): the same one again is the same device. It ends with the session',
    body: PushBody,
    status: 200,
    refusals: ['conflict'],
  },
  'DELETE /api/v1/members/me/push/:id': {
    tag: 'members',
    summary: 'Be told on this device no more',
    status: 204,
    forms: [],
    refusals: ['not_found'],
  },
  'GET /api/v1/members/me/follows': {
    tag: 'members',
    summary: 'The discussions that one follows, the newest first; what readers do not find any more is null',
    query: ListQuery,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/members/me/mutes': {
    tag: 'members',
    summary: 'The discussions that one mutes, the newest first',
    query: ListQuery,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/members/me/ignores': {
    tag: 'members',
    summary: 'The members whom one ignores, the newest first; an erased one is null',
    query: ListQuery,
    status: 200,
    refusals: [],
  },
  'PUT /api/v1/posts/:id/follow': {
    tag: 'posts',
    summary: 'Follow a discussion: be told of each comment in it',
    status: 200,
    refusals: ['post_not_found', 'conflict'],
  },
  'DELETE /api/v1/posts/:id/follow': {
    tag: 'posts',
    summary: 'Follow it no longer',
    status: 200,
    refusals: ['post_not_found'],
  },
  'PUT /api/v1/posts/:id/mute': {
    tag: 'posts',
    summary: 'Mute a discussion: be told of nothing that is said in it',
    status: 200,
    refusals: ['post_not_found', 'conflict'],
  },
  'DELETE /api/v1/posts/:id/mute': {
    tag: 'posts',
    summary: 'Hear of it again',
    status: 200,
    refusals: ['post_not_found'],
  },
  'PUT /api/v1/members/:id/ignore': {
    tag: 'members',
    summary:
      'Ignore a member: be told of nothing that this member writes. Pages fold its comments for who ignores it; answers with comments are the same for all readers, so programs join GET /api/v1/members/me/ignores by the author’s id',
    status: 204,
    forms: [],
    refusals: ['member_not_found', 'conflict'],
  },
  'DELETE /api/v1/members/:id/ignore': {
    tag: 'members',
    summary: 'Ignore the member no longer',
    status: 204,
    forms: [],
    refusals: ['member_not_found'],
  },
};
