import type { BookmarkEvent } from './bookmark/bookmark.events.ts';
import type { CommentEvent } from './comment/comment.events.ts';
import type { OldCommentEvent } from './comment/comment.upcasters.ts';
import type { DiscussionEvent } from './discussion/discussion.events.ts';
import type { OldDiscussionEvent } from './discussion/discussion.upcasters.ts';
import type { DraftEvent } from './draft/draft.events.ts';
import type { ErasureEvent } from './erasure/erasure.events.ts';
import type { GuestEvent } from './guest/guest.events.ts';
import type { HubEvent } from './hub/hub.events.ts';
import type { ImageEvent } from './image/image.events.ts';
import type { InboxEvent } from './inbox/inbox.events.ts';
import type { InvitationEvent } from './invitation/invitation.events.ts';
import type { KeyEvent } from './key/key.events.ts';
import type { LeaseEvent } from './lease/lease.events.ts';
import type { LinkEvent } from './link/link.events.ts';
import type { LogKeyEvent } from './log-key/log-key.events.ts';
import type { LookEvent } from './look/look.events.ts';
import type { OldLookEvent } from './look/look.upcasters.ts';
import type { MailEvent, MailedReplyEvent, TestMailEvent } from './mail/mail.events.ts';
import type { MemberEvent } from './member/member.events.ts';
import type { OldMemberEvent } from './member/member.upcasters.ts';
import type { IssueEvent } from './newsletter/issue.events.ts';
import type { SubscriberEvent } from './newsletter/subscriber.events.ts';
import type { PolicyEvent } from './policy/policy.events.ts';
import type { PostEvent } from './post/post.events.ts';
import type { OldPostEvent } from './post/post.upcasters.ts';
import type { PostDraftEvent } from './post-draft/post-draft.events.ts';
import type { PreviewEvent } from './preview/preview.events.ts';
import type { PushEvent } from './push/push.events.ts';
import type { SubscriptionEvent } from './push/subscription.events.ts';
import type { QueueEvent } from './queue/queue.events.ts';
import type { ReactionEvent } from './reaction/reaction.events.ts';
import type { ReportEvent } from './report/report.events.ts';
import type { ReservationEvent } from './reservation/reservation.events.ts';
import type { SanctionEvent } from './sanction/sanction.events.ts';
import type { SessionEvent } from './session/session.events.ts';
import type { SiteEvent } from './site/site.events.ts';
import type { TranslationEvent } from './translation/translation.events.ts';
import type { OldTranslationEvent } from './translation/translation.upcasters.ts';
import type { TranslationReportEvent } from './translation-report/translation-report.events.ts';
import type { VisitEvent } from './visit/visit.events.ts';

/** The events that the forum records now, each type in its newest version. */
export type ForumEvent =
  | PostEvent
  | DiscussionEvent
  | CommentEvent
  | ReactionEvent
  | MemberEvent
  | ReservationEvent
  | PolicyEvent
  | ReportEvent
  | SanctionEvent
  | LookEvent
  | ImageEvent
  | KeyEvent
  | ErasureEvent
  | InvitationEvent
  | LogKeyEvent
  | LinkEvent
  | LeaseEvent
  | MailEvent
  | TestMailEvent
  | MailedReplyEvent
  | QueueEvent
  | SessionEvent
  | GuestEvent
  | InboxEvent
  | DraftEvent
  | PostDraftEvent
  | PreviewEvent
  | BookmarkEvent
  | VisitEvent
  | SubscriptionEvent
  | PushEvent
  | HubEvent
  | SubscriberEvent
  | IssueEvent
  | SiteEvent
  | TranslationEvent
  | TranslationReportEvent;

/**
 * The events that older versions of the forum recorded. The log still holds them; they are read as their newest version
 * and never written.
 */
export type OldEvent =
  | OldCommentEvent
  | OldDiscussionEvent
  | OldLookEvent
  | OldMemberEvent
  | OldPostEvent
  | OldTranslationEvent;
