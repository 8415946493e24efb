import type { Provider } from '@nestjs/common';
import { FindImageHandler, GetImageFileHandler } from './images/images.queries.ts';
import { KeptDiffs } from './kept-diffs.ts';
import { MemberDirectory } from './members/door/member-directory.ts';
import { GetAuthorsHandler, GetMemberByHandleHandler, GetOwnMemberHandler } from './members/members.queries.ts';
import { STANDINGS } from './members/members.query-types.ts';
import {
  GetModerationLogHandler,
  GetModerationReportHandler,
  GetPublicLogHandler,
  LogPresenter,
  StreamModerationLogHandler,
} from './moderation-log/log.queries.ts';
import { GetDiscussionTimelineHandler } from './moderation-log/timeline.ts';
import { GetFrozenDecisionHandler } from './moderation-queue/decision-history.ts';
import {
  GetAuthorRecordHandler,
  GetBulkHandler,
  GetCaseHandler,
  GetCommentsByHandler,
  GetDecisionHandler,
  GetMadeDecisionHandler,
  GetNewestDecisionsHandler,
  GetQueueCountsHandler,
  GetQueueHandler,
  GetQueueItemsHandler,
  GetReportsAboutHandler,
  GetReportsByHandler,
  GetSeenHandler,
} from './moderation-queue/queue.queries.ts';
import { QueuePresenter } from './moderation-queue/queue-presenter.ts';
import { GetPolicyHeadsHandler, GetPolicyVersionHandler, GetPolicyVersionsHandler } from './policy/policy.queries.ts';
import { PolicyHistory } from './policy/policy-history.ts';
import { FindMovedHandler } from './post-list/moved.ts';
import {
  GetArchiveHandler,
  GetNextOutHandler,
  GetPostHandler,
  ListPostsHandler,
} from './post-list/post-list.queries.ts';
import { PostPresenter } from './post-list/post-presenter.ts';
import { SanctionDirectory } from './sanctions/door/sanction-directory.ts';
import {
  GetAppealHandler,
  GetAppealsHandler,
  GetMemberNotesHandler,
  GetSanctionsOfHandler,
} from './sanctions/sanctions.queries.ts';
import { GetScratchThreadHandler, ListScratchPostsHandler } from './scratch/scratch.queries.ts';
import { GetCommentDiffHandler } from './thread/comment-diff-history.ts';
import { GetCommentHistoryHandler } from './thread/comment-history.ts';
import { CommentPresenter } from './thread/door/comment-presenter.ts';
import { CommentTexts } from './thread/door/comment-texts.ts';
import { EncodedThreads } from './thread/encoded-threads.ts';
import { KeptDiscussions } from './thread/kept-discussions.ts';
import { GetCommentLineHandler } from './thread/line-history.ts';
import { GetOwnReactionsHandler } from './thread/own-reactions.ts';
import { PastComments } from './thread/past/comments-history.ts';
import { GetThreadDifferenceHandler } from './thread/past/difference.queries.ts';
import { EncodedPasts } from './thread/past/encoded-past.ts';
import { ThreadHistory } from './thread/past/history.ts';
import { KeptLives } from './thread/past/kept-lives.ts';
import { GetEncodedThreadAtHandler, GetThreadActivityHandler, GetThreadAtHandler } from './thread/past/past.queries.ts';
import { GetPinnedAtHandler } from './thread/past/pinned-history.ts';
import { GetPublicCommentsHandler } from './thread/public-comments.ts';
import { GetThreadChangesHandler } from './thread/thread.changes.ts';
import {
  GetCommentHandler,
  GetDiscussionHandler,
  GetEncodedThreadHandler,
  GetNewCommentHandler,
  GetRemovableHandler,
  GetWrittenHandler,
  LocateCommentHandler,
} from './thread/thread.queries.ts';
import { ThreadPages } from './thread/thread-pages.ts';

/**
 * Everything that answers queries, for the providers of one module; it needs VIEWS, VAULT, IMAGE_FILES and EVENT_STORE beside it.
 * `STANDINGS` is for other modules, too.
 */
export const queryHandlers: Provider[] = [
  MemberDirectory,
  { provide: STANDINGS, useExisting: MemberDirectory },
  CommentTexts,
  CommentPresenter,
  ThreadPages,
  EncodedThreads,
  KeptDiscussions,
  GetDiscussionHandler,
  GetEncodedThreadHandler,
  GetCommentHandler,
  GetRemovableHandler,
  GetWrittenHandler,
  GetNewCommentHandler,
  LocateCommentHandler,
  GetThreadChangesHandler,
  KeptDiffs,
  GetCommentHistoryHandler,
  GetCommentDiffHandler,
  GetCommentLineHandler,
  GetOwnReactionsHandler,
  GetPublicCommentsHandler,
  KeptLives,
  PastComments,
  ThreadHistory,
  EncodedPasts,
  GetThreadAtHandler,
  GetEncodedThreadAtHandler,
  GetThreadActivityHandler,
  GetPinnedAtHandler,
  GetThreadDifferenceHandler,
  GetAuthorsHandler,
  GetMemberByHandleHandler,
  GetOwnMemberHandler,
  PostPresenter,
  ListPostsHandler,
  GetArchiveHandler,
  GetNextOutHandler,
  FindMovedHandler,
  GetPostHandler,
  ListScratchPostsHandler,
  GetScratchThreadHandler,
  SanctionDirectory,
  GetSanctionsOfHandler,
  GetAppealsHandler,
  GetAppealHandler,
  GetMemberNotesHandler,
  LogPresenter,
  GetModerationLogHandler,
  StreamModerationLogHandler,
  GetPublicLogHandler,
  GetDiscussionTimelineHandler,
  GetModerationReportHandler,
  PolicyHistory,
  GetPolicyVersionHandler,
  GetPolicyVersionsHandler,
  GetPolicyHeadsHandler,
  GetFrozenDecisionHandler,
  QueuePresenter,
  GetQueueHandler,
  GetQueueCountsHandler,
  GetQueueItemsHandler,
  GetCaseHandler,
  GetSeenHandler,
  GetDecisionHandler,
  GetMadeDecisionHandler,
  GetNewestDecisionsHandler,
  GetBulkHandler,
  GetAuthorRecordHandler,
  GetCommentsByHandler,
  GetReportsAboutHandler,
  GetReportsByHandler,
  FindImageHandler,
  GetImageFileHandler,
];
