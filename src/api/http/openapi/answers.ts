import type {
  ArchiveMonth,
  Comment,
  CommentPage,
  DecidedProblem,
  DifferenceKind,
  Differing,
  DiffPart,
  Discussion,
  ImportedAuthor,
  Member,
  MemberAuthor,
  MemberProfile,
  OwnMember,
  Page,
  Post,
  PostSummary,
  Problem,
  Revision,
  Session,
  ThreadActivity,
  ThreadDifference,
} from '../../../../libs/client/index.ts';
import { ERROR_CODES } from '../../../../libs/kernel/index.ts';
import { ROLES } from '../dto/members.ts';
import { EXPLORER_ANSWERS } from './explorer-answers.ts';
import {
  integer,
  type JsonSchema,
  listOf,
  moment,
  nullable,
  object,
  oneOf,
  type Properties,
  position,
  ref,
  string,
  type TextProperties,
  uuid,
  withText,
} from './json-schema.ts';
import { MODERATION_ANSWERS } from './moderation-answers.ts';
import { PROOF_ANSWERS } from './proof-answers.ts';

const roles: JsonSchema = listOf(oneOf(...ROLES));
const author = nullable(ref('Author'));

const memberAuthor: Properties<MemberAuthor> = { id: uuid, handle: string, displayName: string, roles };
const importedAuthor: Properties<ImportedAuthor> = {
  id: { type: 'null' },
  displayName: string,
  imported: { const: true },
  url: string,
  email: string,
};
const comment: TextProperties<Comment> = {
  id: uuid,
  postId: uuid,
  parentId: nullable(uuid),
  depth: integer,
  author,
  bodyHtml: nullable(string),
  body: nullable(string),
  status: oneOf('visible', 'held', 'rejected', 'removed', 'erased'),
  createdAt: moment,
  editedAt: nullable(moment),
  revision: integer,
  replyCount: integer,
  reactions: { type: 'object', additionalProperties: integer },
  position,
};
const discussion: Properties<Discussion> = {
  state: oneOf('open', 'read-only', 'closed'),
  slowModeSeconds: integer,
  pinnedCommentId: nullable(uuid),
};
const postSummary: Properties<PostSummary> = {
  id: uuid,
  slug: string,
  title: string,
  kind: oneOf('article', 'newsletter', 'page'),
  locale: string,
  excerptHtml: string,
  tags: listOf(string),
  author,
  publishedAt: moment,
  editedAt: nullable(moment),
  status: oneOf('published', 'scheduled', 'withdrawn'),
  commentCount: integer,
};
const post: Properties<Post> = {
  ...postSummary,
  body: string,
  bodyHtml: string,
  excerpt: nullable(string),
  discussion: ref('Discussion'),
  revision: integer,
};
const member: Properties<Member> = {
  id: uuid,
  handle: string,
  displayName: string,
  roles,
  locale: string,
  createdAt: moment,
};
const ownMember: Properties<OwnMember> = { ...member, email: string };
const memberProfile: Properties<MemberProfile> = { ...member, commentCount: integer };
const session: Properties<Session> = { token: string, expiresAt: moment, member: ref('OwnMember') };
const diffPart: Properties<DiffPart> = { kind: oneOf('same', 'added', 'removed'), text: string };
const revision: TextProperties<Revision> = {
  revision: integer,
  kind: oneOf('posted', 'edited', 'held', 'rejected', 'removed', 'restored'),
  at: moment,
  by: author,
  body: nullable(string),
  diff: nullable(listOf(object(diffPart))),
};
const threadActivity: Properties<ThreadActivity> = {
  position,
  from: nullable(moment),
  until: nullable(moment),
  axis: listOf(moment),
  parts: listOf(object({ posted: integer, edited: integer, decided: integer })),
  moments: listOf(object({ position, at: moment, kind: oneOf('posted', 'edited', 'decided') })),
};
const differenceKinds = ['new', 'edited', 'removed'] as const satisfies readonly DifferenceKind[];
const differing: Properties<Differing> = {
  kind: oneOf(...differenceKinds),
  at: moment,
  comment: ref('Comment'),
  diff: nullable(listOf(object(diffPart))),
};
const threadDifference: Properties<ThreadDifference> = {
  position,
  counts: object({ new: integer, edited: integer, removed: integer }),
  items: listOf(object(differing)),
  next: nullable(string),
};
const archiveMonth: Properties<ArchiveMonth> = {
  month: { type: 'string', pattern: '^\\d{4}-\\d{2}$' },
  count: integer,
};
const commentPage: Properties<CommentPage> = {
  position,
  total: integer,
  items: listOf(ref('Comment')),
  next: nullable(string),
};
const postPage: Properties<Page<PostSummary>> = { items: listOf(ref('PostSummary')), next: nullable(string) };
const problem: Properties<Problem & Partial<DecidedProblem>> = {
  type: string,
  title: string,
  status: integer,
  detail: string,
  code: oneOf(...Object.keys(ERROR_CODES)),
  errors: listOf(object({ field: string, message: string })),
  decision: ref('Decision'),
};
const view = object({ name: string, version: integer, position, state: oneOf('following', 'building', 'stopped') });

/** What the API answers, by name. */
export const ANSWERS = {
  ...EXPLORER_ANSWERS,
  ...MODERATION_ANSWERS,
  ...PROOF_ANSWERS,
  Author: { anyOf: [object(memberAuthor, ['roles']), object(importedAuthor, ['url', 'email'])] },
  Comment: withText(comment),
  CommentPage: object(commentPage),
  PostedComment: object({ comment: ref('Comment'), position }),
  Discussion: object(discussion),
  PostSummary: object(postSummary),
  PostPage: object(postPage),
  Post: object(post),
  Archive: listOf(object(archiveMonth)),
  Member: object(member),
  OwnMember: object(ownMember),
  MemberProfile: object(memberProfile),
  RegisteredMember: object({ member: ref('OwnMember') }),
  Session: object(session),
  History: listOf(withText(revision)),
  ThreadActivity: object(threadActivity),
  ThreadDifference: object(threadDifference),
  CommentDiff: object({ from: integer, to: integer, diff: listOf(object(diffPart)) }),
  Problem: object(problem, ['errors', 'decision']),
  Live: object({ status: { const: 'live' } }),
  Readiness: object({
    status: oneOf('ready', 'degraded', 'not ready'),
    reasons: listOf(string),
    log: object({ writable: { type: 'boolean' } }),
    tree: object({ size: integer, trouble: nullable(string) }),
    views: listOf(view),
  }),
} as const satisfies Record<string, JsonSchema>;

export type AnswerName = keyof typeof ANSWERS;
