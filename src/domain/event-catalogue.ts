import { BOOKMARK_EVENTS } from './bookmark/bookmark.events.ts';
import type { Catalogue, OldCatalogue } from './catalogue-entry.ts';
import { COMMENT_EVENTS } from './comment/comment.events.ts';
import { OLD_COMMENT_EVENTS } from './comment/comment.upcasters.ts';
import { DISCUSSION_EVENTS } from './discussion/discussion.events.ts';
import { OLD_DISCUSSION_EVENTS } from './discussion/discussion.upcasters.ts';
import { DRAFT_EVENTS } from './draft/draft.events.ts';
import { ERASURE_EVENTS } from './erasure/erasure.events.ts';
import type { ForumEvent, OldEvent } from './event-types.ts';
import { GUEST_EVENTS } from './guest/guest.events.ts';
import { HUB_EVENTS } from './hub/hub.events.ts';
import { IMAGE_EVENTS } from './image/image.events.ts';
import { INBOX_EVENTS } from './inbox/inbox.events.ts';
import { INVITATION_EVENTS } from './invitation/invitation.events.ts';
import { KEY_EVENTS } from './key/key.events.ts';
import { LEASE_EVENTS } from './lease/lease.events.ts';
import { LINK_EVENTS } from './link/link.events.ts';
import { LOG_KEY_EVENTS } from './log-key/log-key.events.ts';
import { LOOK_EVENTS } from './look/look.events.ts';
import { OLD_LOOK_EVENTS } from './look/look.upcasters.ts';
import { MAIL_EVENTS, MAILED_REPLY_EVENTS, TEST_MAIL_EVENTS } from './mail/mail.events.ts';
import { MEMBER_EVENTS } from './member/member.events.ts';
import { OLD_MEMBER_EVENTS } from './member/member.upcasters.ts';
import { ISSUE_EVENTS } from './newsletter/issue.events.ts';
import { SUBSCRIBER_EVENTS } from './newsletter/subscriber.events.ts';
import { POLICY_EVENTS } from './policy/policy.events.ts';
import { POST_EVENTS } from './post/post.events.ts';
import { OLD_POST_EVENTS } from './post/post.upcasters.ts';
import { POST_DRAFT_EVENTS } from './post-draft/post-draft.events.ts';
import { PREVIEW_EVENTS } from './preview/preview.events.ts';
import { PUSH_EVENTS } from './push/push.events.ts';
import { SUBSCRIPTION_EVENTS } from './push/subscription.events.ts';
import { QUEUE_EVENTS } from './queue/queue.events.ts';
import { REACTION_EVENTS } from './reaction/reaction.events.ts';
import { REPORT_EVENTS } from './report/report.events.ts';
import { RESERVATION_EVENTS } from './reservation/reservation.events.ts';
import { SANCTION_EVENTS } from './sanction/sanction.events.ts';
import { SESSION_EVENTS } from './session/session.events.ts';
import { SITE_EVENTS } from './site/site.events.ts';
import { TRANSLATION_EVENTS } from './translation/translation.events.ts';
import { OLD_TRANSLATION_EVENTS } from './translation/translation.upcasters.ts';
import { TRANSLATION_REPORT_EVENTS } from './translation-report/translation-report.events.ts';
import { VISIT_EVENTS } from './visit/visit.events.ts';

/** The stored types in versions of old: still in the log, and for ever readable. */
export const OLD_EVENTS: OldCatalogue<OldEvent, ForumEvent> = {
  ...OLD_COMMENT_EVENTS,
  ...OLD_POST_EVENTS,
  ...OLD_DISCUSSION_EVENTS,
  ...OLD_LOOK_EVENTS,
  ...OLD_MEMBER_EVENTS,
  ...OLD_TRANSLATION_EVENTS,
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
  ...OLD_MEMBER_EVENTS,
  ...RESERVATION_EVENTS,
  ...POLICY_EVENTS,
  ...REPORT_EVENTS,
  ...SANCTION_EVENTS,
  ...LOOK_EVENTS,
  ...OLD_LOOK_EVENTS,
  ...IMAGE_EVENTS,
  ...KEY_EVENTS,
  ...ERASURE_EVENTS,
  ...INVITATION_EVENTS,
  ...LOG_KEY_EVENTS,
  ...LINK_EVENTS,
  ...LEASE_EVENTS,
  ...MAIL_EVENTS,
  ...TEST_MAIL_EVENTS,
  ...MAILED_REPLY_EVENTS,
  ...QUEUE_EVENTS,
  ...SESSION_EVENTS,
  ...GUEST_EVENTS,
  ...INBOX_EVENTS,
  ...DRAFT_EVENTS,
  ...POST_DRAFT_EVENTS,
  ...PREVIEW_EVENTS,
  ...BOOKMARK_EVENTS,
  ...VISIT_EVENTS,
  ...SUBSCRIPTION_EVENTS,
  ...PUSH_EVENTS,
  ...HUB_EVENTS,
  ...SUBSCRIBER_EVENTS,
  ...ISSUE_EVENTS,
  ...SITE_EVENTS,
  ...TRANSLATION_EVENTS,
  ...OLD_TRANSLATION_EVENTS,
  ...TRANSLATION_REPORT_EVENTS,
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
  erasure: Object.keys(ERASURE_EVENTS),
  invitation: Object.keys(INVITATION_EVENTS),
  logKey: Object.keys(LOG_KEY_EVENTS),
  link: Object.keys(LINK_EVENTS),
  lease: Object.keys(LEASE_EVENTS),
  mail: Object.keys(MAIL_EVENTS),
  queue: Object.keys(QUEUE_EVENTS),
  mailedReply: Object.keys(MAILED_REPLY_EVENTS),
  testMail: Object.keys(TEST_MAIL_EVENTS),
  session: Object.keys(SESSION_EVENTS),
  guest: Object.keys(GUEST_EVENTS),
  inbox: Object.keys(INBOX_EVENTS),
  draft: Object.keys(DRAFT_EVENTS),
  postDraft: Object.keys(POST_DRAFT_EVENTS),
  preview: Object.keys(PREVIEW_EVENTS),
  bookmark: Object.keys(BOOKMARK_EVENTS),
  visit: Object.keys(VISIT_EVENTS),
  subscription: Object.keys(SUBSCRIPTION_EVENTS),
  push: Object.keys(PUSH_EVENTS),
  hub: Object.keys(HUB_EVENTS),
  subscriber: Object.keys(SUBSCRIBER_EVENTS),
  issue: Object.keys(ISSUE_EVENTS),
  site: Object.keys(SITE_EVENTS),
  translation: Object.keys(TRANSLATION_EVENTS),
  translationReport: Object.keys(TRANSLATION_REPORT_EVENTS),
} as const;
