import { Module } from '@nestjs/common';
import { PAGE_ERRORS } from '../access/page-errors.ts';
import { AccountPagesController } from './account/account.controller.ts';
import { AskLinksPagesController } from './account/ask-links.controller.ts';
import { ClaimPagesController } from './account/claims.controller.ts';
import { OwnDataPagesController } from './account/data.controller.ts';
import { DemoController } from './account/demo.controller.ts';
import { DevicesPagesController } from './account/devices.controller.ts';
import { LinkPagesController } from './account/link.controller.ts';
import { MemberPagesController } from './account/member.controller.ts';
import { OwnProvidersController } from './account/own-providers.controller.ts';
import { OwnSanctionsPagesController } from './account/own-sanctions.controller.ts';
import { ProviderController } from './account/provider.controller.ts';
import { ReadingController } from './account/reading.controller.ts';
import { StayPagesController } from './account/stay.controller.ts';
import { WaysInPagesController } from './account/ways-in.controller.ts';
import { ImportController } from './admin/import/import.controller.ts';
import { IntegrationsController } from './admin/integrations/integrations.controller.ts';
import { InvitationsController } from './admin/invitations/invitations.controller.ts';
import { MemberErasureController } from './admin/members/erasure.controller.ts';
import { AdminMembersController } from './admin/members/members.controller.ts';
import { OthersErasureController } from './admin/members/others-erasure.controller.ts';
import { OutboxController } from './admin/outbox/outbox.controller.ts';
import { OverviewController } from './admin/overview/overview.controller.ts';
import { SettingsController } from './admin/settings/settings.controller.ts';
import { StatusController } from './admin/status/status.controller.ts';
import { EventsPagesController } from './audit/events/events.controller.ts';
import { LooksPagesController } from './audit/looks/looks.controller.ts';
import { ReceiptPagesController } from './audit/receipt/receipt.controller.ts';
import { VerifierController } from './audit/verify/verifier.controller.ts';
import { VerifyPagesController } from './audit/verify/verify.controller.ts';
import { ReplaysPagesController } from './audit/views/views.controller.ts';
import { CountsPagesController } from './embed/counts.controller.ts';
import { EmbedController } from './embed/embed.controller.ts';
import { EmbedScreens } from './embed/embed-screens.ts';
import { FrameReadingController } from './embed/frame-reading.controller.ts';
import { FrameSignInController } from './embed/frame-sign-in.controller.ts';
import { OEmbedController } from './embed/oembed.controller.ts';
import { UnwrittenFrames } from './embed/unwritten-frames.ts';
import { FeedsController } from './feeds/feeds.controller.ts';
import { Feeds } from './feeds/feeds.ts';
import { KeptFiles } from './feeds/kept-files.ts';
import { RobotsController } from './feeds/robots.controller.ts';
import { SitemapController } from './feeds/sitemap.controller.ts';
import { NewImageController } from './images/new-image.controller.ts';
import { OwnImagesController } from './images/own-images.controller.ts';
import { DiscussionPagesController } from './moderation/discussion/discussion.controller.ts';
import { PinningController } from './moderation/discussion/pinning.controller.ts';
import { LogPagesController } from './moderation/log/log.controller.ts';
import { LogFilters } from './moderation/log/log-filters.ts';
import { PublicLogController } from './moderation/log/public-log.controller.ts';
import { NewcomersController } from './moderation/members/newcomers.controller.ts';
import { MemberRecordsController } from './moderation/members/record.controller.ts';
import { PolicyForms } from './moderation/policy/forms.ts';
import { PolicyPagesController } from './moderation/policy/policy.controller.ts';
import { PolicyRehearsalsController } from './moderation/policy/rehearsals.controller.ts';
import { TellingVersions } from './moderation/policy/telling-versions.ts';
import { QueuePagesController } from './moderation/queue/queue.controller.ts';
import { QueueScreen } from './moderation/queue/queue-screen.ts';
import { ReportedTranslationPagesController } from './moderation/translations/reported.controller.ts';
import { FromMonthController } from './newsletter/from-month.controller.ts';
import { IssuePagesController } from './newsletter/issue.controller.ts';
import { IssueListsController } from './newsletter/issues.controller.ts';
import { NewsletterController } from './newsletter/newsletter.controller.ts';
import { AttentionPagesController } from './notifications/attention.controller.ts';
import { LeaveController } from './notifications/leave.controller.ts';
import { NotificationSettingsController } from './notifications/notification-settings.controller.ts';
import { NotificationPagesController } from './notifications/notifications.controller.ts';
import { WorkerController } from './notifications/worker.controller.ts';
import { PostsPagesController } from './posts/posts.controller.ts';
import { PreviewPagesController } from './posts/previews.controller.ts';
import { RevisionsPagesController } from './posts/revisions.controller.ts';
import { SitesController } from './posts/sites.controller.ts';
import { WithdrawingPagesController } from './posts/withdrawing.controller.ts';
import { WritePagesController } from './posts/write.controller.ts';
import { WritePages } from './posts/write-pages.ts';
import { SearchPageController } from './search/search.controller.ts';
import { ShelfPagesController } from './shelf/shelf.controller.ts';
import { AssetsController } from './shell/assets.controller.ts';
import { Assets } from './shell/assets.ts';
import { BrandController } from './shell/brand.controller.ts';
import { ErrorPages } from './shell/error-pages.ts';
import { FrameHosts } from './shell/frame-hosts.ts';
import { Frames } from './shell/frames.ts';
import { KeptPages } from './shell/kept-pages.ts';
import { SecurityTextController } from './site-pages/security-text.controller.ts';
import { SitePagesController } from './site-pages/site-pages.controller.ts';
import { CommentForms } from './thread/comment-forms.ts';
import { CommentPagesController } from './thread/comments.controller.ts';
import { HistoryPageController } from './thread/history.controller.ts';
import { CommentLanguageController } from './thread/language.controller.ts';
import { MarkFormsController } from './thread/marks.controller.ts';
import { MemberPages } from './thread/member-pages.tsx';
import { NewsSinceVisits } from './thread/news.ts';
import { PastScreens } from './thread/past-screens.ts';
import { PlainPreviews } from './thread/plain-previews.ts';
import { ReportController } from './thread/report.controller.ts';
import { ThreadPagesController } from './thread/thread.controller.ts';
import { ThreadHeads } from './thread/thread-heads.ts';
import { ThreadScreens } from './thread/thread-pages.ts';
import { Visits } from './thread/visits.ts';
import { TranslationRemovalController } from './translations/removal.controller.ts';
import { ReportTranslationController } from './translations/report.controller.ts';
import { TranslationPages } from './translations/translation-pages.ts';
import { TranslationPagesController } from './translations/translations.controller.ts';
import { WelcomeController } from './welcome/welcome.controller.ts';

/** The pages: server-rendered, whole without a script, live with one. */
@Module({
  controllers: [
    PostsPagesController,
    SitesController,
    SearchPageController,
    ThreadPagesController,
    CommentPagesController,
    HistoryPageController,
    AccountPagesController,
    AskLinksPagesController,
    LinkPagesController,
    StayPagesController,
    MemberPagesController,
    ClaimPagesController,
    DevicesPagesController,
    NotificationPagesController,
    AttentionPagesController,
    LeaveController,
    IssueListsController,
    NewsletterController,
    IssuePagesController,
    FromMonthController,
    NotificationSettingsController,
    WorkerController,
    OwnDataPagesController,
    MemberErasureController,
    OthersErasureController,
    WaysInPagesController,
    WithdrawingPagesController,
    PreviewPagesController,
    WritePagesController,
    RevisionsPagesController,
    QueuePagesController,
    MemberRecordsController,
    NewcomersController,
    InvitationsController,
    DiscussionPagesController,
    PinningController,
    CommentLanguageController,
    ReadingController,
    MarkFormsController,
    PolicyPagesController,
    PolicyRehearsalsController,
    LogPagesController,
    PublicLogController,
    OwnSanctionsPagesController,
    NewImageController,
    OwnImagesController,
    OwnProvidersController,
    ProviderController,
    ReportController,
    ReceiptPagesController,
    EventsPagesController,
    ReplaysPagesController,
    LooksPagesController,
    VerifyPagesController,
    VerifierController,
    OverviewController,
    OutboxController,
    SettingsController,
    StatusController,
    ImportController,
    IntegrationsController,
    AdminMembersController,
    DemoController,
    ShelfPagesController,
    TranslationPagesController,
    TranslationRemovalController,
    ReportTranslationController,
    ReportedTranslationPagesController,
    AssetsController,
    BrandController,
    SitePagesController,
    SecurityTextController,
    WelcomeController,
    EmbedController,
    CountsPagesController,
    FrameReadingController,
    FrameSignInController,
    OEmbedController,
    FeedsController,
    SitemapController,
    RobotsController,
  ],
  providers: [
    { provide: Assets, useFactory: () => new Assets() },
    Frames,
    WritePages,
    TranslationPages,
    FrameHosts,
    KeptPages,
    KeptFiles,
    Feeds,
    PastScreens,
    ThreadScreens,
    CommentForms,
    PlainPreviews,
    EmbedScreens,
    UnwrittenFrames,
    NewsSinceVisits,
    MemberPages,
    ThreadHeads,
    Visits,
    QueueScreen,
    PolicyForms,
    TellingVersions,
    LogFilters,
    { provide: PAGE_ERRORS, useClass: ErrorPages },
  ],
})
export class WebModule {}
