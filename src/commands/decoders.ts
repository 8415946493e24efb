import { Decoder } from '../../libs/nest-decider/index.ts';
import type { BookmarkEvent } from '../domain/bookmark/bookmark.events.ts';
import type { CommentEvent } from '../domain/comment/comment.events.ts';
import type { DiscussionEvent } from '../domain/discussion/discussion.events.ts';
import type { DraftEvent } from '../domain/draft/draft.events.ts';
import type { ErasureEvent } from '../domain/erasure/erasure.events.ts';
import { EVENT_TYPES } from '../domain/event-catalogue.ts';
import type { GuestEvent } from '../domain/guest/guest.events.ts';
import type { HubEvent } from '../domain/hub/hub.events.ts';
import type { ImageEvent } from '../domain/image/image.events.ts';
import type { InboxEvent } from '../domain/inbox/inbox.events.ts';
import type { InvitationEvent } from '../domain/invitation/invitation.events.ts';
import type { KeyEvent } from '../domain/key/key.events.ts';
import type { LeaseEvent } from '../domain/lease/lease.events.ts';
import type { LinkEvent } from '../domain/link/link.events.ts';
import type { LogKeyEvent } from '../domain/log-key/log-key.events.ts';
import type { LookEvent } from '../domain/look/look.events.ts';
import type { MailEvent, MailedReplyEvent, TestMailEvent } from '../domain/mail/mail.events.ts';
import type { MemberEvent } from '../domain/member/member.events.ts';
import type { IssueEvent } from '../domain/newsletter/issue.events.ts';
import type { SubscriberEvent } from '../domain/newsletter/subscriber.events.ts';
import type { PolicyEvent } from '../domain/policy/policy.events.ts';
import type { PostEvent } from '../domain/post/post.events.ts';
import type { PostDraftEvent } from '../domain/post-draft/post-draft.events.ts';
import type { PreviewEvent } from '../domain/preview/preview.events.ts';
import type { PushEvent } from '../domain/push/push.events.ts';
import type { SubscriptionEvent } from '../domain/push/subscription.events.ts';
import type { QueueEvent } from '../domain/queue/queue.events.ts';
import type { ReactionEvent } from '../domain/reaction/reaction.events.ts';
import type { ReportEvent } from '../domain/report/report.events.ts';
import type { ReservationEvent } from '../domain/reservation/reservation.events.ts';
import type { SanctionEvent } from '../domain/sanction/sanction.events.ts';
import type { SessionEvent } from '../domain/session/session.events.ts';
import type { SiteEvent } from '../domain/site/site.events.ts';
import type { TranslationEvent } from '../domain/translation/translation.events.ts';
import type { TranslationReportEvent } from '../domain/translation-report/translation-report.events.ts';
import { UPCASTERS } from '../domain/upcasters.ts';
import type { VisitEvent } from '../domain/visit/visit.events.ts';

/** How the events of each kind of stream are read back. */
export const decoders = {
  post: new Decoder<PostEvent>(EVENT_TYPES.post, UPCASTERS),
  discussion: new Decoder<DiscussionEvent>(EVENT_TYPES.discussion, UPCASTERS),
  comment: new Decoder<CommentEvent>(EVENT_TYPES.comment, UPCASTERS),
  reaction: new Decoder<ReactionEvent>(EVENT_TYPES.reaction, UPCASTERS),
  member: new Decoder<MemberEvent>(EVENT_TYPES.member, UPCASTERS),
  reservation: new Decoder<ReservationEvent>(EVENT_TYPES.reservation, UPCASTERS),
  policy: new Decoder<PolicyEvent>(EVENT_TYPES.policy, UPCASTERS),
  report: new Decoder<ReportEvent>(EVENT_TYPES.report, UPCASTERS),
  sanction: new Decoder<SanctionEvent>(EVENT_TYPES.sanction, UPCASTERS),
  look: new Decoder<LookEvent>(EVENT_TYPES.look, UPCASTERS),
  inbox: new Decoder<InboxEvent>(EVENT_TYPES.inbox, UPCASTERS),
  image: new Decoder<ImageEvent>(EVENT_TYPES.image, UPCASTERS),
  erasure: new Decoder<ErasureEvent>(EVENT_TYPES.erasure, UPCASTERS),
  key: new Decoder<KeyEvent>(EVENT_TYPES.key, UPCASTERS),
  logKey: new Decoder<LogKeyEvent>(EVENT_TYPES.logKey, UPCASTERS),
  site: new Decoder<SiteEvent>(EVENT_TYPES.site, UPCASTERS),
  invitation: new Decoder<InvitationEvent>(EVENT_TYPES.invitation, UPCASTERS),
  link: new Decoder<LinkEvent>(EVENT_TYPES.link, UPCASTERS),
  lease: new Decoder<LeaseEvent>(EVENT_TYPES.lease, UPCASTERS),
  mail: new Decoder<MailEvent>(EVENT_TYPES.mail, UPCASTERS),
  queue: new Decoder<QueueEvent>(EVENT_TYPES.queue, UPCASTERS),
  mailedReply: new Decoder<MailedReplyEvent>(EVENT_TYPES.mailedReply, UPCASTERS),
  testMail: new Decoder<TestMailEvent>(EVENT_TYPES.testMail, UPCASTERS),
  session: new Decoder<SessionEvent>(EVENT_TYPES.session, UPCASTERS),
  draft: new Decoder<DraftEvent>(EVENT_TYPES.draft, UPCASTERS),
  postDraft: new Decoder<PostDraftEvent>(EVENT_TYPES.postDraft, UPCASTERS),
  preview: new Decoder<PreviewEvent>(EVENT_TYPES.preview, UPCASTERS),
  bookmark: new Decoder<BookmarkEvent>(EVENT_TYPES.bookmark, UPCASTERS),
  translation: new Decoder<TranslationEvent>(EVENT_TYPES.translation, UPCASTERS),
  translationReport: new Decoder<TranslationReportEvent>(EVENT_TYPES.translationReport, UPCASTERS),
  visit: new Decoder<VisitEvent>(EVENT_TYPES.visit, UPCASTERS),
  subscription: new Decoder<SubscriptionEvent>(EVENT_TYPES.subscription, UPCASTERS),
  push: new Decoder<PushEvent>(EVENT_TYPES.push, UPCASTERS),
  hub: new Decoder<HubEvent>(EVENT_TYPES.hub, UPCASTERS),
  issue: new Decoder<IssueEvent>(EVENT_TYPES.issue, UPCASTERS),
  subscriber: new Decoder<SubscriberEvent>(EVENT_TYPES.subscriber, UPCASTERS),
  guest: new Decoder<GuestEvent>(EVENT_TYPES.guest, UPCASTERS),
} as const;
