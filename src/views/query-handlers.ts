import type { Provider } from '@nestjs/common';
import { erasureQueries } from './erasures/erasures.queries.ts';
import { guestQueries } from './guests/guests.queries.ts';
import { imageQueries } from './images/images.queries.ts';
import { invitationQueries } from './invitations/invitations.queries.ts';
import { KeptDiffs } from './kept-diffs.ts';
import { mailQueries } from './mails/mails.queries.ts';
import { MemberDirectory } from './members/door/member-directory.ts';
import { memberQueries } from './members/members.queries.ts';
import { FIRST_RUN, STANDINGS } from './members/members.query-types.ts';
import { LogPresenter, moderationLogQueries } from './moderation-log/log.queries.ts';
import { discussionTimelineQuery } from './moderation-log/timeline.ts';
import { frozenDecisionQuery } from './moderation-queue/decision-history.ts';
import { queueQueries } from './moderation-queue/queue.queries.ts';
import { QueuePresenter } from './moderation-queue/queue-presenter.ts';
import { attentionListQueries } from './notifications/attention-lists.ts';
import { notificationQueries } from './notifications/notifications.queries.ts';
import { UnreadCounts } from './notifications/unread-counts.ts';
import { ownDataQuery } from './own-data/own-data-history.ts';
import { policyQueries } from './policy/policy.queries.ts';
import { PolicyHistory } from './policy/policy-history.ts';
import { UnwrittenPageMemory } from './post-list/door/unwritten-page-memory.ts';
import { movedQuery } from './post-list/moved.ts';
import { pageMovesQuery } from './post-list/page-moves.ts';
import { periodPostsQuery } from './post-list/period-posts.ts';
import { postListQueries } from './post-list/post-list.queries.ts';
import { PostPresenter } from './post-list/post-presenter.ts';
import { postRevisionsQuery } from './post-list/post-text-history.ts';
import { siteListQuery, sitePagesQuery } from './post-list/site-pages.ts';
import { previewQueries } from './previews/previews.queries.ts';
import { publishingQueries } from './publishing/publishing.queries.ts';
import { pushQueries } from './push/push.queries.ts';
import { SanctionDirectory } from './sanctions/door/sanction-directory.ts';
import { sanctionQueries } from './sanctions/sanctions.queries.ts';
import { scratchQueries } from './scratch/scratch.queries.ts';
import { searchQueries } from './search/search.queries.ts';
import { ReadPlaces } from './shelf/door/read-places.ts';
import { postDraftQueries } from './shelf/post-drafts.queries.ts';
import { shelfQueries } from './shelf/shelf.queries.ts';
import { visitQueries } from './shelf/visits.ts';
import { SiteMemory } from './site/door/site-memory.ts';
import { siteQueries } from './site/site.queries.ts';
import { SITE } from './site/site.query-types.ts';
import { commentDiffQuery } from './thread/comment-diff-history.ts';
import { commentHistoryQuery } from './thread/comment-history.ts';
import { CommentPresenter } from './thread/door/comment-presenter.ts';
import { CommentTexts } from './thread/door/comment-texts.ts';
import { EncodedThreads } from './thread/encoded-threads.ts';
import { firstCommentQuery } from './thread/first-comment-from.ts';
import { KeptDiscussions } from './thread/kept-discussions.ts';
import { commentLineQuery } from './thread/line-history.ts';
import { ownReactionsQuery } from './thread/own-reactions.ts';
import { PastComments } from './thread/past/comments-history.ts';
import { EncodedPasts } from './thread/past/encoded-past.ts';
import { ThreadHistory } from './thread/past/history.ts';
import { KeptLives } from './thread/past/kept-lives.ts';
import { marksAtQuery } from './thread/past/marks-history.ts';
import { pastQueries } from './thread/past/past.queries.ts';
import { ThreadActivities } from './thread/past/thread-activities.ts';
import { ThreadDifferences } from './thread/past/thread-differences.ts';
import { publicCommentsQuery, publicCountQuery } from './thread/public-comments.ts';
import { quotedCommentsQueries } from './thread/quoted-comments.ts';
import { newestUnderQuery, recentCommentsQuery } from './thread/recent-comments.ts';
import { threadChangesQuery } from './thread/thread.changes.ts';
import { threadQueries } from './thread/thread.queries.ts';
import { ThreadPages } from './thread/thread-pages.ts';
import { translationReportQueries } from './translation-reports/translation-reports.queries.ts';
import { SameWords } from './translations/door/same-words-history.ts';
import { TranslationLines } from './translations/door/translation-lines.ts';
import { TranslationRenderings } from './translations/door/translation-renderings.ts';
import { TranslationHtmls } from './translations/translation-html.ts';
import { translationQueries } from './translations/translations.queries.ts';
import { waysInQueries } from './ways-in/ways-in.queries.ts';

/** The services that make the answers. */
const presenters: Provider[] = [
  MemberDirectory,
  { provide: STANDINGS, useExisting: MemberDirectory },
  { provide: FIRST_RUN, useExisting: MemberDirectory },
  UnreadCounts,
  ReadPlaces,
  CommentTexts,
  SameWords,
  TranslationHtmls,
  TranslationLines,
  TranslationRenderings,
  CommentPresenter,
  ThreadPages,
  EncodedThreads,
  KeptDiscussions,
  KeptDiffs,
  KeptLives,
  PastComments,
  ThreadHistory,
  ThreadActivities,
  ThreadDifferences,
  EncodedPasts,
  PostPresenter,
  UnwrittenPageMemory,
  SanctionDirectory,
  LogPresenter,
  PolicyHistory,
  QueuePresenter,
  SiteMemory,
  { provide: SITE, useExisting: SiteMemory },
];

/**
 * All providers that answer queries, for one module; they need VIEWS, VAULT, IMAGE_FILES, EVENT_STORE and FIXED_SETTINGS. Other modules
 * use `STANDINGS` too.
 */
export const queryHandlers: Provider[] = [
  ...presenters,
  ...threadQueries,
  threadChangesQuery,
  commentHistoryQuery,
  commentDiffQuery,
  commentLineQuery,
  ownReactionsQuery,
  publicCommentsQuery,
  publicCountQuery,
  newestUnderQuery,
  recentCommentsQuery,
  ...quotedCommentsQueries,
  ...pastQueries,
  marksAtQuery,
  firstCommentQuery,
  ...memberQueries,
  ...postListQueries,
  siteListQuery,
  sitePagesQuery,
  periodPostsQuery,
  postRevisionsQuery,
  movedQuery,
  pageMovesQuery,
  ...scratchQueries,
  ...sanctionQueries,
  ...moderationLogQueries,
  discussionTimelineQuery,
  ...policyQueries,
  ...queueQueries,
  frozenDecisionQuery,
  ...imageQueries,
  ...mailQueries,
  ...waysInQueries,
  ...siteQueries,
  ...invitationQueries,
  ...erasureQueries,
  ownDataQuery,
  ...guestQueries,
  ...notificationQueries,
  ...pushQueries,
  ...publishingQueries,
  ...searchQueries,
  ...attentionListQueries,
  ...shelfQueries,
  ...translationQueries,
  ...translationReportQueries,
  ...postDraftQueries,
  ...previewQueries,
  ...visitQueries,
];
