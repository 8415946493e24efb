import { REACTION_KINDS } from '../../libs/words/index.ts';
import { LOOK_EVENTS, OLD_LOOK_EVENTS } from './audit-catalogue.ts';
import { anyOf, type Catalogue, type OldCatalogue } from './catalogue-entry.ts';
import type { CommentEvent } from './comment/comment.events.ts';
import type { OldCommentEvent } from './comment/comment.upcasters.ts';
import type { DiscussionEvent } from './discussion/discussion.events.ts';
import type { OldDiscussionEvent } from './discussion/discussion.upcasters.ts';
import type { ForumEvent, OldEvent } from './event-types.ts';
import { IMAGE_EVENTS } from './image-catalogue.ts';
import { KEY_EVENTS, LOG_KEY_EVENTS } from './key-catalogue.ts';
import type { MemberEvent } from './member/member.events.ts';
import { DECISION_EVENTS, POLICY_EVENTS, REPORT_EVENTS, SANCTION_EVENTS } from './moderation-catalogue.ts';
import type { PostEvent } from './post/post.events.ts';
import type { OldPostEvent } from './post/post.upcasters.ts';
import type { ReactionEvent } from './reaction/reaction.events.ts';
import type { ReservationEvent } from './reservation/reservation.events.ts';

const COMMENT_ID = 'The comment.';
const POST_ID = 'The post.';
const MEMBER_ID = 'The member.';
const SOURCE = 'Where it was imported from (kind, site, id there), or null when it was made here.';
const LOST_NAME = 'The stream of the reservation.';
const SEALED_BODY = 'The text as Markdown.';

const POST_STREAM = 'post-<postId>';
const OLD_ADDRESSES = {
  postId: POST_ID,
  addresses: 'Addresses of the post itself that were not known before.',
  attachments: 'Addresses of files that belonged to it, the same.',
};
const POST_EVENTS: Catalogue<PostEvent> = {
  'PostPublished.v1': {
    stream: POST_STREAM,
    sentence: 'A post was written here or imported; readers see it from `publishAt` on.',
    data: {
      postId: POST_ID,
      kind: '`article`, `newsletter`, or `page` for a page of another site.',
      title: 'Its title, one line.',
      slug: 'Its name in addresses, unique by the reservation `slug-<slug>`.',
      body: 'The text as Markdown; empty for a page of another site.',
      excerpt: 'The teaser as Markdown, or null: then the head of the body is shown.',
      tags: 'Its tags, each once.',
      locale: 'The language of the text (BCP 47).',
      publishAt: 'The moment from which readers see it (RFC 3339, UTC).',
      authorId: 'The member who wrote it, or null for an imported author.',
      byline: "An imported author's name, or null.",
      source: SOURCE,
    },
    personal: null,
  },
  'PostEdited.v1': {
    stream: POST_STREAM,
    sentence: 'A post was changed: only the fields that changed are there, as they are now.',
    data: {
      postId: POST_ID,
      title: 'The new title.',
      slug: 'The new name in addresses.',
      body: 'The new text as Markdown.',
      excerpt: 'The new teaser as Markdown, or null for none.',
      tags: 'All its tags now.',
      locale: 'The new language.',
      publishAt: 'The new moment from which readers see it.',
    },
    personal: null,
  },
  'PostWithdrawn.v1': {
    stream: POST_STREAM,
    sentence: 'A post was taken from the readers, its discussion with it; its address stays taken.',
    data: { postId: POST_ID },
    personal: null,
  },
  'PostNameLost.v1': {
    stream: POST_STREAM,
    sentence:
      'A name that was reserved for a post was given to another, since the post had not come within a minute; it cannot come with that name any more.',
    data: { postId: POST_ID, name: LOST_NAME },
    personal: null,
  },
  'PostAddressesKept.v2': {
    stream: POST_STREAM,
    sentence:
      'An import told at which addresses a post was found where it came from, and its tags; they lead to them now.',
    data: {
      ...OLD_ADDRESSES,
      tagNames:
        'What its tags were called in addresses, the same: the tag, the taxonomy (`category` or `tag`), and the nicename there.',
    },
    personal: null,
  },
};
const OLD_POST_EVENTS: OldCatalogue<OldPostEvent> = {
  'PostAddressesKept.v1': {
    stream: POST_STREAM,
    sentence: 'An import told at which addresses a post was found where it came from; they lead to it now.',
    data: OLD_ADDRESSES,
    personal: null,
    readAs: 'PostAddressesKept.v2',
  },
};

const DISCUSSION_STREAM = 'discussion-<postId>';
const DISCUSSION_SETTINGS = {
  postId: POST_ID,
  state: '`open`, `read-only` (for a while) or `closed`.',
  slowModeSeconds: 'Seconds that a member waits between two comments here; 0 for none.',
  pinnedCommentId: 'The comment that is shown first, or null.',
};
const DISCUSSION_EVENTS: Catalogue<DiscussionEvent> = {
  'DiscussionChanged.v2': {
    stream: DISCUSSION_STREAM,
    sentence:
      'Settings of a discussion were changed: only those that changed are there, as they are now. Before the first such event it is open, without slow mode or pin.',
    data: { ...DISCUSSION_SETTINGS, reason: 'What the one who changed it said about it, or null.' },
    personal: null,
  },
};
const OLD_DISCUSSION_EVENTS: OldCatalogue<OldDiscussionEvent> = {
  'DiscussionChanged.v1': {
    stream: DISCUSSION_STREAM,
    sentence: 'The settings of a discussion were changed: all are there, changed or not.',
    data: DISCUSSION_SETTINGS,
    personal: null,
    readAs: 'DiscussionChanged.v2',
  },
};

const COMMENT_STREAM = 'comment-<commentId>';
const COMMENT_EVENTS: Catalogue<CommentEvent> = {
  'CommentPosted.v1': {
    stream: COMMENT_STREAM,
    sentence: 'Somebody commented on a post or answered a comment.',
    data: {
      commentId: COMMENT_ID,
      postId: 'The post that is discussed.',
      parentId: 'The comment that it answers, or null for an answer to the post itself.',
      rootId: 'The top-level comment above it; its own id at depth 0.',
      depth: 'How many comments stand above it.',
      authorId: 'The member who wrote it, or null for an imported author.',
      source: SOURCE,
    },
    personal: {
      body: SEALED_BODY,
      author: 'An imported author (display name, e-mail, address), or null for a member.',
    },
  },
  'CommentEdited.v1': {
    stream: COMMENT_STREAM,
    sentence: 'Its author changed the text of a comment.',
    data: { commentId: COMMENT_ID, postId: 'The post that is discussed.' },
    personal: { body: 'The whole new text as Markdown.' },
  },
  'CommentHeld.v2': {
    stream: COMMENT_STREAM,
    sentence: 'A comment is kept from readers until somebody decides on it.',
    data: {
      commentId: COMMENT_ID,
      postId: 'The post that is discussed.',
      reasons: 'Why, in short words (`awaiting-approval-in-source`).',
      keepsPlace: 'True when readers see its place in the thread, since they see answers to it.',
    },
    personal: null,
  },
  'CommentRemoved.v1': {
    stream: COMMENT_STREAM,
    sentence: 'A comment was removed; it keeps its place in the thread without author and text.',
    data: {
      commentId: COMMENT_ID,
      postId: 'The post that is discussed.',
      by: '`author` or `moderator`.',
      reason: 'What the one who removed it said, or null.',
    },
    personal: null,
  },
  'CommentRestored.v1': {
    stream: COMMENT_STREAM,
    sentence: 'A comment that was held or removed is shown to readers (again).',
    data: { commentId: COMMENT_ID, postId: 'The post that is discussed.' },
    personal: null,
  },
  ...DECISION_EVENTS,
};

const REACTION_STREAM = 'reaction-<commentId>-<memberId>';
const REACTION_DATA = {
  commentId: 'The comment that is reacted to.',
  postId: 'The post that it stands under.',
  memberId: 'The member who reacts.',
  kind: `${anyOf(REACTION_KINDS)}.`,
};
const REACTION_EVENTS: Catalogue<ReactionEvent> = {
  'ReactionAdded.v1': {
    stream: REACTION_STREAM,
    sentence: 'A member reacted to a comment; each kind counts once a member.',
    data: REACTION_DATA,
    personal: null,
  },
  'ReactionWithdrawn.v1': {
    stream: REACTION_STREAM,
    sentence: 'A member took a reaction back.',
    data: REACTION_DATA,
    personal: null,
  },
};

const MEMBER_STREAM = 'member-<memberId>';
const MEMBER_EVENTS: Catalogue<MemberEvent> = {
  'MemberRegistered.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A person became a member.',
    data: {
      memberId: MEMBER_ID,
      handle:
        'As the member wrote it; unique when folded, by the reservation `handle-<folded>`; since `skeleton-<look>` is reserved too, none looks like it.',
      locale: 'The language of the interface (BCP 47).',
      roles: 'What the member may do; always with `member`.',
      emailReserved:
        'Whether a name is reserved for the e-mail address. It always is; an old log has false where another member had the address.',
    },
    personal: {
      displayName: 'The name that readers see.',
      email: 'The e-mail address.',
      passwordHash: 'argon2id in PHC form.',
    },
  },
  'MemberRolesChanged.v1': {
    stream: MEMBER_STREAM,
    sentence: 'An admin gave or took roles.',
    data: { memberId: MEMBER_ID, roles: 'All roles now.' },
    personal: null,
  },
  'MemberRenamed.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member chose another display name.',
    data: { memberId: MEMBER_ID },
    personal: { displayName: 'The new name that readers see.' },
  },
  'MemberLocaleChanged.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member chose another language of the interface.',
    data: { memberId: MEMBER_ID, locale: 'The new language (BCP 47).' },
    personal: null,
  },
  'MemberPasswordChanged.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member chose another password; every session that was signed before ends.',
    data: { memberId: MEMBER_ID },
    personal: { passwordHash: 'argon2id in PHC form.' },
  },
  'MemberSessionEnded.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A member signed out: the token of this session is refused from now on.',
    data: {
      memberId: MEMBER_ID,
      sessionId: 'The session.',
      expiresAt: 'When the session would have been over at the latest (RFC 3339, UTC).',
    },
    personal: null,
  },
  'MemberNameLost.v1': {
    stream: MEMBER_STREAM,
    sentence:
      'A name that was reserved for a member was given to another, since the member had not come within a minute; it cannot come with that name any more.',
    data: { memberId: MEMBER_ID, name: LOST_NAME },
    personal: null,
  },
};

const RESERVATION_STREAM =
  'handle-<folded>, skeleton-<look>, email-<hmac>, slug-<slug>, page-<hash of URL>, import-<source>-<id>, founder, turn-<postId>-<memberId>';
const RESERVATION_EVENTS: Catalogue<ReservationEvent> = {
  'NameReserved.v1': {
    stream: RESERVATION_STREAM,
    sentence: 'A name is held by one member, post or comment: whoever writes first to the stream of a name has it.',
    data: {
      name: "The stream's own name.",
      holder: 'The id of what carries it (of a turn in slow mode: the comment).',
    },
    personal: null,
  },
  'NameReleased.v1': {
    stream: RESERVATION_STREAM,
    sentence: 'A name is free again: what was to carry it never came to be.',
    data: { name: "The stream's own name.", holder: 'The id of what held it.' },
    personal: null,
  },
};

const OLD_COMMENT_EVENTS: OldCatalogue<OldCommentEvent> = {
  'CommentHeld.v1': {
    stream: COMMENT_STREAM,
    sentence: 'A comment is kept from readers until somebody decides on it, and so are the answers to it.',
    data: {
      commentId: COMMENT_ID,
      postId: 'The post that is discussed.',
      reasons: 'Why, in short words (`awaiting-approval-in-source`).',
    },
    personal: null,
    readAs: 'CommentHeld.v2',
  },
};

/** The stored types in versions of old: still in the log, and for ever readable. */
export const OLD_EVENTS: OldCatalogue<OldEvent> = {
  ...OLD_COMMENT_EVENTS,
  ...OLD_POST_EVENTS,
  ...OLD_DISCUSSION_EVENTS,
  ...OLD_LOOK_EVENTS,
};

/** Every stored type and version. docs/EVENTS.md is made from it by `scripts/events-doc.mjs`. */
export const EVENT_CATALOGUE: Catalogue<ForumEvent | OldEvent> = {
  ...POST_EVENTS,
  ...DISCUSSION_EVENTS,
  ...OLD_POST_EVENTS,
  ...OLD_DISCUSSION_EVENTS,
  ...COMMENT_EVENTS,
  ...OLD_COMMENT_EVENTS,
  ...REACTION_EVENTS,
  ...MEMBER_EVENTS,
  ...RESERVATION_EVENTS,
  ...POLICY_EVENTS,
  ...REPORT_EVENTS,
  ...SANCTION_EVENTS,
  ...LOOK_EVENTS,
  ...OLD_LOOK_EVENTS,
  ...IMAGE_EVENTS,
  ...KEY_EVENTS,
  ...LOG_KEY_EVENTS,
};

/** The newest versions of each kind of stream: what its decider reads. */
export const EVENT_TYPES = {
  post: Object.keys(POST_EVENTS),
  discussion: Object.keys(DISCUSSION_EVENTS),
  comment: Object.keys(COMMENT_EVENTS),
  reaction: Object.keys(REACTION_EVENTS),
  member: Object.keys(MEMBER_EVENTS),
  reservation: Object.keys(RESERVATION_EVENTS),
  policy: Object.keys(POLICY_EVENTS),
  report: Object.keys(REPORT_EVENTS),
  sanction: Object.keys(SANCTION_EVENTS),
  look: Object.keys(LOOK_EVENTS),
  image: Object.keys(IMAGE_EVENTS),
  key: Object.keys(KEY_EVENTS),
  logKey: Object.keys(LOG_KEY_EVENTS),
} as const;
