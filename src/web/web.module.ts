import { Module } from '@nestjs/common';
import { PAGE_ERRORS } from '../api/access/page-errors.ts';
import { AccountPagesController } from './controllers/account.controller.ts';
import { AssetsController } from './controllers/assets.controller.ts';
import { EventsPagesController } from './controllers/audit/events-pages.controller.ts';
import { LooksPagesController } from './controllers/audit/looks-pages.controller.ts';
import { ReplaysPagesController } from './controllers/audit/replays-pages.controller.ts';
import { VerifierController } from './controllers/audit/verifier.controller.ts';
import { VerifyPagesController } from './controllers/audit/verify-pages.controller.ts';
import { CommentPagesController } from './controllers/comments.controller.ts';
import { DemoController } from './controllers/demo.controller.ts';
import { MemberPagesController } from './controllers/member.controller.ts';
import { DiscussionPagesController } from './controllers/moderation/discussion-pages.controller.ts';
import { DrawerController } from './controllers/moderation/drawer.controller.ts';
import { LogPagesController } from './controllers/moderation/log-pages.controller.ts';
import { OwnSanctionsPagesController } from './controllers/moderation/own-sanctions.controller.ts';
import { PinningController } from './controllers/moderation/pinning.controller.ts';
import { PolicyPagesController } from './controllers/moderation/policy-pages.controller.ts';
import { PolicyRehearsalsController } from './controllers/moderation/policy-rehearsals.controller.ts';
import { PublicLogController } from './controllers/moderation/public-log.controller.ts';
import { QueuePagesController } from './controllers/moderation/queue-pages.controller.ts';
import { ReportController } from './controllers/moderation/report.controller.ts';
import { PostsPagesController } from './controllers/posts.controller.ts';
import { ReceiptPagesController } from './controllers/receipts.controller.ts';
import { ThreadPagesController } from './controllers/thread.controller.ts';
import { WritePagesController } from './controllers/write.controller.ts';
import { Assets } from './server/assets.ts';
import { Desk } from './server/desk.ts';
import { ErrorPages } from './server/error-pages.ts';
import { Frames } from './server/frames.ts';
import { LogFilters } from './server/log-filters.ts';
import { PolicyForms } from './server/policy-forms.ts';
import { TellingVersions } from './server/telling-versions.ts';
import { ThreadHeads } from './server/thread-heads.ts';
import { ThreadPages } from './server/thread-pages.ts';
import { Visits } from './server/visits.ts';

/** The pages: server-rendered, whole without a script, live with one. */
@Module({
  controllers: [
    PostsPagesController,
    ThreadPagesController,
    CommentPagesController,
    AccountPagesController,
    MemberPagesController,
    WritePagesController,
    QueuePagesController,
    DrawerController,
    DiscussionPagesController,
    PinningController,
    PolicyPagesController,
    PolicyRehearsalsController,
    LogPagesController,
    PublicLogController,
    OwnSanctionsPagesController,
    ReportController,
    ReceiptPagesController,
    EventsPagesController,
    ReplaysPagesController,
    LooksPagesController,
    VerifyPagesController,
    VerifierController,
    DemoController,
    AssetsController,
  ],
  providers: [
    { provide: Assets, useFactory: () => new Assets() },
    Frames,
    ThreadPages,
    ThreadHeads,
    Visits,
    Desk,
    PolicyForms,
    TellingVersions,
    LogFilters,
    { provide: PAGE_ERRORS, useClass: ErrorPages },
  ],
})
export class WebModule {}
