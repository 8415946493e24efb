import { permissionOf } from '../../../access/permission-table.ts';
import type { Permission } from '../../../permissions.ts';
import {
  ChangesQuery,
  CommentLanguageBody,
  DiffQuery,
  EditCommentBody,
  HistoryQuery,
  PostCommentBody,
  PreviewBody,
  ThreadQuery,
} from '../dto/comments.ts';
import { PostListQuery, SiteListQuery } from '../dto/lists.ts';
import { ChangeMeBody, MemberListQuery, RegisterBody, RolesBody } from '../dto/members.ts';
import { IssueBody } from '../dto/newsletter.ts';
import { DiscussionBody, EditPostBody, PageBody, PublishBody } from '../dto/posts.ts';
import { SearchQuery } from '../dto/search.ts';
import { PageRulesBody, SiteBody } from '../dto/site.ts';
import { ACCOUNT_ROUTE_DOCS } from './account-route-docs.ts';
import { DOOR_ROUTE_DOCS } from './door-route-docs.ts';
import { ERASURE_ROUTE_DOCS } from './erasure-route-docs.ts';
import { EXPLORER_ROUTE_DOCS } from './explorer-route-docs.ts';
import { IMAGE_ROUTE_DOCS } from './image-route-docs.ts';
import { MARK_ROUTE_DOCS } from './mark-route-docs.ts';
import { MODERATION_ROUTE_DOCS } from './moderation-route-docs.ts';
import { NOTIFICATION_ROUTE_DOCS } from './notification-route-docs.ts';
import { POST_DRAFT_ROUTE_DOCS } from './post-draft-route-docs.ts';
import { PROOF_ROUTE_DOCS } from './proof-route-docs.ts';
import type { DocsOf, ProgramRoute, RouteDoc } from './route-doc.ts';
import { SHELF_ROUTE_DOCS } from './shelf-route-docs.ts';
import { SIGN_IN_ROUTE_DOCS } from './sign-in-route-docs.ts';
import { TRANSLATION_ROUTE_DOCS } from './translation-route-docs.ts';

export type { ProgramRoute, RouteDoc };

/** The purpose, input and answers of each route; permissions.ts says who may use it. */
export const ROUTE_DOCS: DocsOf<ProgramRoute> = {
  ...DOOR_ROUTE_DOCS,
  ...NOTIFICATION_ROUTE_DOCS,
  ...SHELF_ROUTE_DOCS,
  ...TRANSLATION_ROUTE_DOCS,
  ...POST_DRAFT_ROUTE_DOCS,
  ...IMAGE_ROUTE_DOCS,
  ...MARK_ROUTE_DOCS,
  ...ERASURE_ROUTE_DOCS,
  'POST /api/v1/members': {
    tag: 'members',
    summary:
      'Register; the first member of an empty forum becomes admin, on the server itself or with the code that it printed (founderCode)',
    body: RegisterBody,
    status: 201,
    refusals: [
      'handle_taken',
      'founder_needed',
      'registration_closed',
      'invitation_needed',
      'invitation_invalid',
      'proof_required',
      'disposable_address',
      'too_many_registrations',
    ],
  },
  'GET /api/v1/members': {
    tag: 'members',
    summary:
      'Members, newest first, by a part of the handle or name, by role and by state; admins see addresses, which is recorded, and find members by a whole one',
    query: MemberListQuery,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/members/me': { tag: 'members', summary: 'Who I am', status: 200, refusals: [] },
  'PATCH /api/v1/members/me': {
    tag: 'members',
    summary:
      'Change my name, language, password or address; a new password needs currentPassword and ends all sessions; a new address needs it too unless the sign-in is fresh, and counts once the link sent to it was opened',
    body: ChangeMeBody,
    status: 200,
    refusals: ['fresh_sign_in_required'],
  },
  'GET /api/v1/members/:handle': {
    tag: 'members',
    summary: 'A member by its handle',
    status: 200,
    refusals: ['member_not_found'],
  },
  'PUT /api/v1/members/:id/roles': {
    tag: 'members',
    summary: 'Set the roles of a member; whoever waits to be let in, or was refused, gets none',
    body: RolesBody,
    status: 200,
    refusals: ['member_not_found', 'last_admin', 'not_let_in'],
  },
  'GET /api/v1/posts': {
    tag: 'posts',
    summary: 'Posts, newest first, by month, tag or words',
    query: PostListQuery,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/posts/archive': {
    tag: 'posts',
    summary: 'Months with their number of posts',
    status: 200,
    refusals: [],
  },
  'GET /api/v1/posts/:idOrSlug': {
    tag: 'posts',
    summary: 'A post by its id or slug',
    status: 200,
    leadsOn: 'The post had this slug before',
    refusals: ['post_not_found'],
  },
  'POST /api/v1/posts': {
    tag: 'posts',
    summary: 'Publish a post, now or at publishAt; the body is Markdown',
    body: PublishBody,
    status: 201,
    refusals: ['id_taken', 'conflict'],
  },
  'PUT /api/v1/pages': {
    tag: 'posts',
    summary:
      'The post of kind page for a page of another site, by its canonical address; nothing is recorded before its first comment',
    body: PageBody,
    status: 200,
    refusals: ['foreign_origin', 'post_not_found'],
  },
  'GET /api/v1/counts': {
    tag: 'posts',
    summary:
      'How many comments pages of other sites have: url, given 100 times at most; a page that is not known has none',
    status: 200,
    refusals: [],
  },
  'GET /api/v1/posts/recent-comments': {
    tag: 'comments',
    summary: 'The newest comments that everybody can read, on posts and on pages of other sites',
    query: SiteListQuery,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/search': {
    tag: 'posts',
    summary:
      'Posts and comments that everybody can read, by their words: `"a phrase"`, `beginning*`, `-without`, `author:handle`, `author:"a name"` (quotes within the name doubled, escaped, of another kind, or left out); marks of Latin letters may be left out, and what has them as typed comes first. A page may be short, or empty, and still have a `next`, since no search takes long: ask until it is null',
    query: SearchQuery,
    status: 200,
    refusals: ['overloaded'],
  },
  'PATCH /api/v1/posts/:id': {
    tag: 'posts',
    summary: 'Change a post; absent fields stay as they are; the addresses of a former slug lead to the post for good',
    body: EditPostBody,
    status: 200,
    refusals: ['post_not_found', 'post_withdrawn', 'stale_revision', 'slug_taken'],
  },
  'POST /api/v1/posts/:id/withdraw': {
    tag: 'posts',
    summary: 'Withdraw a post: readers no longer find it; an issue that is being sent stops',
    status: 200,
    refusals: ['post_not_found'],
  },
  'GET /api/v1/posts/:id/issue': {
    tag: 'posts',
    summary:
      'How far an issue of the newsletter is: a post of the kind newsletter; how many mails came back, and no address',
    status: 200,
    refusals: ['post_not_found'],
  },
  'POST /api/v1/posts/:id/issue': {
    tag: 'posts',
    summary:
      'Test an issue at the own confirmed address, send it once to all readers, stop the sending or let it go on; what is so already stays as it is, and the answer says how far it is',
    body: IssueBody,
    status: 200,
    refusals: ['post_not_found', 'conflict'],
  },
  'POST /api/v1/posts/:id/bring-back': {
    tag: 'posts',
    summary: 'Bring a withdrawn post back, with its discussion; one that stands stays as it is',
    status: 200,
    refusals: ['post_not_found'],
  },
  'PUT /api/v1/posts/:id/discussion': {
    tag: 'posts',
    summary: 'Open or close a discussion, slow it down, pin a comment; absent fields stay as they are',
    body: DiscussionBody,
    status: 200,
    refusals: ['post_not_found'],
  },
  'GET /api/v1/posts/:id/comments': {
    tag: 'comments',
    summary:
      'A page of the thread: top-level comments with all their answers, in tree order; with position (the log up to there) or at (all that had happened by then, by occurredAt) as it stood then, without what this reader may not see now',
    query: ThreadQuery,
    status: 200,
    refusals: ['post_not_found'],
  },
  'POST /api/v1/posts/:id/comments': {
    tag: 'comments',
    summary:
      'Comment on a post, or answer a comment; the same id again answers the same. Without an account, where the site takes guests, `guest` is needed and the answer is 202: nobody reads the comment before its address was confirmed and a moderator approved it',
    body: PostCommentBody,
    status: 201,
    accepts: 202,
    refusals: [
      'proof_required',
      'disposable_address',
      'post_not_found',
      'post_withdrawn',
      'parent_not_found',
      'parent_in_other_post',
      'too_deep',
      'id_taken',
      'discussion_closed',
      'slow_mode',
    ],
  },
  'POST /api/v1/previews': {
    tag: 'comments',
    summary: 'What a text would be as a comment: the same HTML, and nothing is kept',
    body: PreviewBody,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/posts/:id/activity': {
    tag: 'comments',
    summary:
      'When what happened in a thread: posts, edits and decisions over its life, and the moments to step through',
    status: 200,
    refusals: ['post_not_found'],
  },
  'GET /api/v1/posts/:id/changes': {
    tag: 'comments',
    summary:
      'What is new, edited or removed in a thread from a moment (after, a position, or since, a time) to another (position or at) or to now',
    query: ChangesQuery,
    status: 200,
    refusals: ['post_not_found'],
  },
  'GET /api/v1/comments/:id': {
    tag: 'comments',
    summary: 'A comment',
    status: 200,
    refusals: ['comment_not_found'],
  },
  'PATCH /api/v1/comments/:id': {
    tag: 'comments',
    summary: 'Change the text of my comment; revision is the newest that was seen',
    body: EditCommentBody,
    status: 200,
    refusals: [
      'comment_not_found',
      'too_many_edits',
      'stale_revision',
      'comment_removed',
      'post_withdrawn',
      'discussion_closed',
      'erased',
    ],
  },
  'PUT /api/v1/comments/:id/language': {
    tag: 'comments',
    summary: 'Say which language a comment is in, by its author or a moderator; `und` for another one, or several',
    body: CommentLanguageBody,
    status: 200,
    refusals: ['comment_not_found', 'post_withdrawn', 'comment_removed', 'forbidden'],
  },
  'DELETE /api/v1/comments/:id': {
    tag: 'comments',
    summary: 'Remove my comment; answers to it keep their place',
    status: 200,
    refusals: ['comment_not_found'],
  },
  'GET /api/v1/comments/:id/history': {
    tag: 'comments',
    summary:
      'The revisions of a comment, oldest first, each with its difference to the one before; a text that was never public, or that a decision stands against, is null for readers; each is followed by the marks (accepted, featured) set or taken until the next one; when there are more, a Link header names the next page',
    query: HistoryQuery,
    status: 200,
    refusals: ['comment_not_found'],
  },
  'GET /api/v1/comments/:id/diff': {
    tag: 'comments',
    summary: 'The difference by words between any two texts of a comment, named by their revisions',
    query: DiffQuery,
    status: 200,
    refusals: ['comment_not_found', 'not_found'],
  },
  'PUT /api/v1/comments/:id/reactions/:kind': {
    tag: 'comments',
    summary: 'React to a comment',
    status: 200,
    refusals: ['comment_not_found', 'comment_removed', 'post_withdrawn'],
  },
  'DELETE /api/v1/comments/:id/reactions/:kind': {
    tag: 'comments',
    summary: 'Take a reaction back',
    status: 200,
    refusals: ['comment_not_found', 'post_withdrawn'],
  },
  ...ACCOUNT_ROUTE_DOCS,
  ...EXPLORER_ROUTE_DOCS,
  ...MODERATION_ROUTE_DOCS,
  ...PROOF_ROUTE_DOCS,
  ...SIGN_IN_ROUTE_DOCS,
  'GET /api/v1/site': {
    tag: 'the forum',
    summary: 'The settings of the forum; admins see all, everybody what is public',
    status: 200,
    refusals: [],
  },
  'POST /api/v1/site/page-moves': {
    tag: 'the forum',
    summary: 'What other aliases and parameters would do to the discussions of other sites’ pages; nothing is changed',
    body: PageRulesBody,
    status: 200,
    refusals: [],
  },
  'PATCH /api/v1/site': {
    tag: 'the forum',
    summary: 'Change settings of the forum; absent ones stay as they are, null takes away',
    body: SiteBody,
    status: 200,
    refusals: [],
  },
  'GET /api/v1/openapi.json': {
    tag: 'the forum',
    summary: 'This document',
    status: 200,
    forms: ['application/json'],
    refusals: [],
  },
  'GET /api/v1/docs': {
    tag: 'the forum',
    summary: 'This document for people',
    status: 200,
    forms: ['text/html'],
    refusals: [],
  },
  'GET /health/live': {
    tag: 'the forum',
    summary: 'Whether the process answers',
    status: 200,
    refusals: [],
  },
  'GET /health/ready': {
    tag: 'the forum',
    summary: 'Whether the forum can take work; 503 with the reasons when not',
    status: 200,
    alsoWith: 503,
    refusals: [],
  },
  'GET /metrics': {
    tag: 'the forum',
    summary: 'Numbers for Prometheus',
    status: 200,
    forms: ['text/plain'],
    refusals: ['not_found', 'forbidden'],
  },
};

export interface DocumentedRoute {
  readonly name: string;
  readonly method: string;
  readonly pattern: string;
  readonly permission: Permission;
  readonly doc: RouteDoc;
}

export function documentedRoutes(): readonly DocumentedRoute[] {
  return Object.entries(ROUTE_DOCS).map(([name, doc]) => {
    const [method = '', pattern = ''] = name.split(' ');
    return { name, method, pattern, permission: permissionOf(name), doc };
  });
}
