import type { LogDay, LogEvent, LookEntry, VerifiedView, ViewFigures } from './audit-shapes.ts';
import type { ClaimableList, ClaimedCount } from './claim-shapes.ts';
import type { Invitation, NewInvitation } from './door-shapes.ts';
import type { AskedErasure, Erasure } from './erasure-shapes.ts';
import type { IssueProgress } from './issue-shapes.ts';
import type {
  AppealCase,
  AuthorRecord,
  BulkAnswer,
  Claim,
  DecisionAnswer,
  FrozenDecision,
  LogEntry,
  MemberNote,
  ModerationCase,
  ModerationReport,
  PolicyVersion,
  PublicLogEntry,
  QueueAnswer,
  Rehearsal,
  ReportAnswer,
  Sanction,
} from './moderation-shapes.ts';
import type {
  AttendedDiscussion,
  DiscussionAttention,
  IgnoredMember,
  NotificationList,
  NotificationPreferences,
  PushDevice,
  PushDevices,
  TakenInboundMail,
  UnreadCount,
} from './notification-shapes.ts';
import type { PostDraft, PostDraftSummary, PreviewLink } from './post-draft-shapes.ts';
import type { ConsistencyAnswer, InclusionAnswer, LogKeyHistory, SignedCheckpoints } from './proof-shapes.ts';
import type {
  ArchiveMonth,
  Comment,
  CommentDiff,
  CommentPage,
  Discussion,
  FoundText,
  ListedMember,
  Liveness,
  Member,
  MemberProfile,
  OwnMember,
  OwnSession,
  Page,
  PageCounts,
  Passkey,
  PasskeyCreation,
  PasskeyRequest,
  Post,
  PostedComment,
  PostSummary,
  Preview,
  Readiness,
  RecentComment,
  RecoveryCodes,
  RegisteredMember,
  Revision,
  SecondFactorOffer,
  Session,
  StoredImage,
  ThreadActivity,
  ThreadDifference,
} from './shapes.ts';
import type { Bookmark, Draft } from './shelf-shapes.ts';
import type { PageMoves, Site } from './site-shapes.ts';
import type {
  ReportedTranslations,
  TranslationList,
  TranslationReportAnswer,
  WrittenTranslation,
} from './translation-shapes.ts';

/**
 * The answer of each route as JSON, when it succeeds. `scripts/build-answers.mjs` makes the schemas of the API's
 * description from these types, and the client's calls take their return types from them. A route without a JSON answer
 * is missing here.
 */
export interface Answers {
  readonly 'POST /api/v1/members': RegisteredMember;
  readonly 'GET /api/v1/members': Page<ListedMember>;
  readonly 'GET /api/v1/members/me': OwnMember;
  readonly 'PATCH /api/v1/members/me': OwnMember;
  readonly 'GET /api/v1/members/me/claimable-comments': ClaimableList;
  readonly 'POST /api/v1/members/me/claimable-comments': ClaimedCount;
  readonly 'GET /api/v1/members/:handle': MemberProfile;
  readonly 'PUT /api/v1/members/:id/roles': Member;
  readonly 'POST /api/v1/members/me/second-factor': SecondFactorOffer;
  readonly 'PUT /api/v1/members/me/second-factor': RecoveryCodes;
  readonly 'POST /api/v1/members/me/passkeys/options': PasskeyCreation;
  readonly 'POST /api/v1/members/me/passkeys': Passkey;
  readonly 'PUT /api/v1/members/:id/membership': Member;
  readonly 'POST /api/v1/invitations': NewInvitation;
  readonly 'GET /api/v1/invitations': Page<Invitation>;
  readonly 'POST /api/v1/sessions': Session;
  readonly 'GET /api/v1/sessions': Page<OwnSession>;
  readonly 'POST /api/v1/sessions/passkey-options': PasskeyRequest;

  readonly 'GET /api/v1/members/me/notifications': NotificationPreferences;
  readonly 'PUT /api/v1/members/me/notifications': NotificationPreferences;
  readonly 'GET /api/v1/members/me/push': PushDevices;
  readonly 'PUT /api/v1/members/me/push': PushDevice;
  readonly 'GET /api/v1/members/me/follows': Page<AttendedDiscussion>;
  readonly 'GET /api/v1/members/me/mutes': Page<AttendedDiscussion>;
  readonly 'GET /api/v1/members/me/ignores': Page<IgnoredMember>;
  readonly 'GET /api/v1/notifications': NotificationList;
  readonly 'PUT /api/v1/notifications/read': UnreadCount;
  readonly 'PUT /api/v1/posts/:id/follow': DiscussionAttention;
  readonly 'DELETE /api/v1/posts/:id/follow': DiscussionAttention;
  readonly 'PUT /api/v1/posts/:id/mute': DiscussionAttention;
  readonly 'DELETE /api/v1/posts/:id/mute': DiscussionAttention;

  readonly 'GET /api/v1/members/me/drafts': Page<Draft>;
  readonly 'PUT /api/v1/members/me/drafts': Draft;
  readonly 'GET /api/v1/post-drafts': Page<PostDraftSummary>;
  readonly 'POST /api/v1/post-drafts/from-period': PostDraft;
  readonly 'GET /api/v1/post-drafts/:id': PostDraft;
  readonly 'PUT /api/v1/post-drafts/:id': PostDraft;
  readonly 'GET /api/v1/posts/:id/preview-links': readonly PreviewLink[];
  readonly 'POST /api/v1/posts/:id/preview-links': PreviewLink;
  readonly 'GET /api/v1/bookmarks': Page<Bookmark>;
  readonly 'PUT /api/v1/comments/:id/bookmark': Bookmark;
  readonly 'PUT /api/v1/posts/:id/bookmark': Bookmark;

  readonly 'POST /api/v1/members/me/erasure': AskedErasure;
  readonly 'POST /api/v1/members/:id/erasure': AskedErasure;
  readonly 'POST /api/v1/erasures': AskedErasure;
  readonly 'GET /api/v1/erasures/:id': Erasure;
  readonly 'POST /api/v1/comments/:id/purge': Comment;

  readonly 'GET /api/v1/posts': Page<PostSummary>;
  readonly 'GET /api/v1/posts/archive': readonly ArchiveMonth[];
  readonly 'GET /api/v1/posts/:idOrSlug': Post;
  readonly 'POST /api/v1/posts': Post;
  readonly 'PUT /api/v1/pages': Post;
  readonly 'GET /api/v1/counts': PageCounts;
  readonly 'GET /api/v1/posts/recent-comments': Page<RecentComment>;
  readonly 'GET /api/v1/search': Page<FoundText>;
  readonly 'PATCH /api/v1/posts/:id': Post;
  readonly 'POST /api/v1/posts/:id/withdraw': Post;
  readonly 'POST /api/v1/posts/:id/bring-back': Post;
  readonly 'GET /api/v1/posts/:id/issue': IssueProgress;
  readonly 'POST /api/v1/posts/:id/issue': IssueProgress;
  readonly 'PUT /api/v1/posts/:id/discussion': Discussion;

  readonly 'GET /api/v1/posts/:id/comments': CommentPage;
  readonly 'POST /api/v1/posts/:id/comments': PostedComment;
  readonly 'GET /api/v1/posts/:id/activity': ThreadActivity;
  readonly 'GET /api/v1/posts/:id/changes': ThreadDifference;
  readonly 'POST /api/v1/previews': Preview;
  readonly 'POST /api/v1/post-previews': Preview;
  readonly 'POST /api/v1/images': { readonly image: StoredImage };
  readonly 'POST /api/v1/inbound-mail': TakenInboundMail;
  readonly 'GET /api/v1/comments/:id': Comment;
  readonly 'PATCH /api/v1/comments/:id': Comment;
  readonly 'PUT /api/v1/comments/:id/language': Comment;
  readonly 'DELETE /api/v1/comments/:id': Comment;
  readonly 'GET /api/v1/comments/:id/history': readonly Revision[];
  readonly 'GET /api/v1/comments/:id/diff': CommentDiff;
  readonly 'PUT /api/v1/comments/:id/reactions/:kind': Comment;
  readonly 'DELETE /api/v1/comments/:id/reactions/:kind': Comment;
  readonly 'PUT /api/v1/posts/:id/asking': Discussion;
  readonly 'DELETE /api/v1/posts/:id/asking': Discussion;
  readonly 'PUT /api/v1/comments/:id/accepted': Comment;
  readonly 'DELETE /api/v1/comments/:id/accepted': Comment;
  readonly 'GET /api/v1/comments/:id/translations': TranslationList;
  readonly 'POST /api/v1/comments/:id/translations': WrittenTranslation;
  readonly 'GET /api/v1/posts/:id/translations': TranslationList;
  readonly 'POST /api/v1/posts/:id/translations': WrittenTranslation;
  readonly 'POST /api/v1/translations/:id/reports': TranslationReportAnswer;
  readonly 'GET /api/v1/moderation/translations': ReportedTranslations;
  readonly 'PUT /api/v1/comments/:id/featured': Comment;
  readonly 'DELETE /api/v1/comments/:id/featured': Comment;

  readonly 'POST /api/v1/comments/:id/reports': ReportAnswer;
  readonly 'POST /api/v1/comments/:id/decisions': DecisionAnswer;
  readonly 'GET /api/v1/moderation/queue': QueueAnswer;
  readonly 'GET /api/v1/moderation/cases/:id': ModerationCase;
  readonly 'POST /api/v1/moderation/decisions': BulkAnswer;
  readonly 'GET /api/v1/moderation/decisions/:id': FrozenDecision;
  readonly 'POST /api/v1/moderation/decisions/:id/undo': DecisionAnswer;
  readonly 'POST /api/v1/moderation/bulk/:id/undo': BulkAnswer;
  readonly 'GET /api/v1/moderation/policy': PolicyVersion;
  readonly 'PUT /api/v1/moderation/policy': PolicyVersion;
  readonly 'GET /api/v1/moderation/policy/versions': readonly PolicyVersion[];
  readonly 'POST /api/v1/moderation/policy/simulations': Rehearsal;
  /** The whole list is the answer where a file was asked for (`format=json`). */
  readonly 'GET /api/v1/moderation/log': Page<LogEntry> | readonly LogEntry[];
  readonly 'GET /api/v1/moderation/report': ModerationReport;
  readonly 'GET /api/v1/moderation/public-log': Page<PublicLogEntry>;
  readonly 'PUT /api/v1/moderation/claims/:id': Claim;
  readonly 'GET /api/v1/moderation/appeals': readonly AppealCase[];
  readonly 'POST /api/v1/moderation/appeals/:id': AppealCase;
  readonly 'GET /api/v1/members/:id/record': AuthorRecord;
  readonly 'GET /api/v1/members/:id/comments': Page<Comment>;
  readonly 'GET /api/v1/members/:id/notes': readonly MemberNote[];
  readonly 'POST /api/v1/members/:id/notes': readonly MemberNote[];
  readonly 'POST /api/v1/members/:id/sanctions': Sanction;
  readonly 'GET /api/v1/members/me/sanctions': readonly Sanction[];
  readonly 'POST /api/v1/members/me/sanctions/:id/appeal': Sanction;
  readonly 'POST /api/v1/appeals': Sanction;

  readonly 'GET /api/v1/audit/events': Page<LogEvent>;
  readonly 'GET /api/v1/audit/events/:position': LogEvent;
  readonly 'GET /api/v1/audit/looks': Page<LookEntry>;
  readonly 'GET /api/v1/audit/days': readonly LogDay[];
  readonly 'GET /api/v1/audit/views': readonly ViewFigures[];
  readonly 'POST /api/v1/audit/views/:name/verifications': VerifiedView;
  readonly 'GET /api/v1/audit/checkpoints': SignedCheckpoints;
  readonly 'GET /api/v1/audit/keys': LogKeyHistory;
  readonly 'GET /api/v1/audit/proofs/inclusion': InclusionAnswer;
  readonly 'GET /api/v1/audit/proofs/consistency': ConsistencyAnswer;

  readonly 'GET /api/v1/site': Site;
  readonly 'PATCH /api/v1/site': Site;
  readonly 'POST /api/v1/site/page-moves': PageMoves;

  readonly 'GET /health/live': Liveness;
  readonly 'GET /health/ready': Readiness;
}
