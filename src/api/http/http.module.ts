import { type DynamicModule, Module } from '@nestjs/common';
import { EventsController } from './controllers/audit/events.controller.ts';
import { ProofsController } from './controllers/audit/proofs.controller.ts';
import { ViewsController } from './controllers/audit/views.controller.ts';
import { BroughtImagesController } from './controllers/brought-images.controller.ts';
import { ClaimableCommentsController } from './controllers/claimable-comments.controller.ts';
import { CommentsController } from './controllers/comments.controller.ts';
import { CountsController } from './controllers/counts.controller.ts';
import { DoorsController } from './controllers/doors.controller.ts';
import { ErasuresController } from './controllers/erasures.controller.ts';
import { HealthController } from './controllers/health.controller.ts';
import { ImagesController } from './controllers/images.controller.ts';
import { InboundMailController } from './controllers/inbound-mail.controller.ts';
import { IssuesController } from './controllers/issues.controller.ts';
import { LinksController } from './controllers/links.controller.ts';
import { MarksController } from './controllers/marks.controller.ts';
import { MembersController } from './controllers/members.controller.ts';
import { MetricsController } from './controllers/metrics.controller.ts';
import { ClaimsController } from './controllers/moderation/claims.controller.ts';
import { DecisionsController } from './controllers/moderation/decisions.controller.ts';
import { LogController } from './controllers/moderation/log.controller.ts';
import { OwnSanctionsController } from './controllers/moderation/own-sanctions.controller.ts';
import { PolicyController } from './controllers/moderation/policy.controller.ts';
import { QueueController } from './controllers/moderation/queue.controller.ts';
import { RehearsalsController } from './controllers/moderation/rehearsals.controller.ts';
import { ReportedTranslationsController } from './controllers/moderation/reported-translations.controller.ts';
import { SanctionsController } from './controllers/moderation/sanctions.controller.ts';
import { NewsletterApiController } from './controllers/newsletter.controller.ts';
import { NotificationsController } from './controllers/notifications.controller.ts';
import { OpenApiController } from './controllers/openapi.controller.ts';
import { PagesController } from './controllers/pages.controller.ts';
import { PostDraftsController } from './controllers/post-drafts.controller.ts';
import { PostsController } from './controllers/posts.controller.ts';
import { PreviewLinksController } from './controllers/preview-links.controller.ts';
import { PreviewsController } from './controllers/previews.controller.ts';
import { PushController } from './controllers/push.controller.ts';
import { SearchController } from './controllers/search.controller.ts';
import { SessionsController } from './controllers/sessions.controller.ts';
import { ShelfController } from './controllers/shelf.controller.ts';
import { SiteController } from './controllers/site.controller.ts';
import { ThreadController } from './controllers/thread.controller.ts';
import { ThreadHistoryController } from './controllers/thread-history.controller.ts';
import { TranslationsController } from './controllers/translations.controller.ts';
import { WaysInController } from './controllers/ways-in.controller.ts';

const CONTROLLERS = [
  MembersController,
  DoorsController,
  ErasuresController,
  ClaimableCommentsController,
  SessionsController,
  LinksController,
  IssuesController,
  NewsletterApiController,
  WaysInController,
  PostsController,
  PagesController,
  CountsController,
  SearchController,
  ThreadController,
  ThreadHistoryController,
  CommentsController,
  DecisionsController,
  QueueController,
  OwnSanctionsController,
  SanctionsController,
  PolicyController,
  LogController,
  RehearsalsController,
  ReportedTranslationsController,
  ClaimsController,
  EventsController,
  ProofsController,
  ViewsController,
  ImagesController,
  BroughtImagesController,
  NotificationsController,
  PushController,
  ShelfController,
  TranslationsController,
  PostDraftsController,
  MarksController,
  InboundMailController,
  PreviewLinksController,
  PreviewsController,
  SiteController,
  HealthController,
  OpenApiController,
];

@Module({})
class HttpModule {}

/** The routes under /api/v1, /images, /health and /metrics. */
export function httpModule(options: { readonly metrics: boolean }): DynamicModule {
  return { module: HttpModule, controllers: options.metrics ? [...CONTROLLERS, MetricsController] : CONTROLLERS };
}
