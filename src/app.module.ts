import { type DynamicModule, Module } from '@nestjs/common';
import { LOG_TREE } from '../libs/log-tree/index.ts';
import { VIEWS, type Views } from '../libs/projections/index.ts';
import { Admission } from './access/admission/admission.ts';
import { OPEN_FOR_READING, type OpenForReading } from './access/open-for-reading.ts';
import { PublicAddress } from './access/public-address.ts';
import { AUDITING, type Auditing } from './acts/auditing/auditing.ts';
import { Findings } from './acts/auditing/findings.ts';
import { REPLAYING, type Replaying } from './acts/auditing/replaying.ts';
import { REHEARSING, type Rehearsing } from './acts/rehearsing.ts';
import { LOG_HEALTH, type LogHealth } from './api/http/controllers/health.controller.ts';
import { httpModule } from './api/http/http.module.ts';
import { HttpMetrics } from './api/http/server/http-metrics.ts';
import { LiveModule } from './api/live/live.module.ts';
import { accessProviders } from './composition/access-providers.ts';
import { toldByViews } from './composition/author-records.ts';
import { commandsModule } from './composition/commands.module.ts';
import { composingProviders } from './composition/composing-providers.ts';
import { doorProviders } from './composition/door-providers.ts';
import { erasingProviders } from './composition/erasing-provider.ts';
import { fixedSettings } from './composition/fixed-settings.ts';
import type { ForumTree } from './composition/forum-tree.ts';
import { importingProvider } from './composition/importing/importing-provider.ts';
import { mailedReplyProviders } from './composition/mailed-reply-providers.ts';
import { mailPlaceProvider } from './composition/mails.ts';
import { markingProviders } from './composition/marking-providers.ts';
import { newsletterProviders } from './composition/newsletter-providers.ts';
import { notificationProviders } from './composition/notification-providers.ts';
import type { WritingLog } from './composition/open-log.ts';
import { operatingProvider } from './composition/operating-provider.ts';
import { provingProvider } from './composition/proving-provider.ts';
import { pushProviders } from './composition/push-providers.ts';
import { shelfProviders } from './composition/shelf-providers.ts';
import { translatingProviders } from './composition/translating-providers.ts';
import { CONFIG } from './config.ts';
import { demoMemberId } from './demo/sign-in.ts';
import { queryHandlers } from './views/query-handlers.ts';
import { FIXED_SETTINGS } from './views/site/site.query-types.ts';
import { DEMO_PARTS } from './web/account/demo-parts.ts';
import { WebModule } from './web/web.module.ts';

/** The parts opened before Nest starts. */
export interface AppParts {
  readonly log: WritingLog;
  readonly views: Views;
  readonly tree: ForumTree;
  readonly address: PublicAddress;
  readonly health: LogHealth;
  readonly reading: OpenForReading;
  readonly metrics: HttpMetrics;
  readonly admission: Admission;
  readonly findings: Findings;
  readonly rehearsing: Rehearsing;
  readonly auditing: Auditing;
  readonly replaying: Replaying;
  /** How long the right to import is taken for, in milliseconds; as `colloquy serve` does it unless told. */
  readonly leaseMs: number;
}

@Module({})
class AppModule {}

/** The whole forum: commands over the log, queries over the views, and every way in. What it provides, all modules may inject. */
export function appModule(parts: AppParts): DynamicModule {
  const { log, views, tree, address, health, reading, metrics, admission, findings, ...asked } = parts;
  const { rehearsing, auditing, replaying, leaseMs } = asked;
  const foundation = [
    { provide: CONFIG, useValue: log.config },
    { provide: VIEWS, useValue: views },
    { provide: FIXED_SETTINGS, useValue: fixedSettings(log.config) },
    { provide: LOG_TREE, useValue: tree.tree },
    { provide: PublicAddress, useValue: address },
    { provide: LOG_HEALTH, useValue: health },
    { provide: OPEN_FOR_READING, useValue: reading },
    { provide: HttpMetrics, useValue: metrics },
    { provide: Admission, useValue: admission },
    { provide: Findings, useValue: findings },
    { provide: REHEARSING, useValue: rehearsing },
    { provide: AUDITING, useValue: auditing },
    { provide: REPLAYING, useValue: replaying },
    mailPlaceProvider(log.config, address),
    { provide: DEMO_PARTS, useValue: demoMemberId },
    ...accessProviders(log.config, log.secrets),
    ...doorProviders(log.config, log.secrets),
    provingProvider(log, tree),
    operatingProvider(log, tree),
    importingProvider(log.config, leaseMs),
    ...erasingProviders,
    ...mailedReplyProviders(log.config, log.secrets),
    ...newsletterProviders(log.secrets),
    ...notificationProviders,
    ...pushProviders(log.config, log.secrets),
    ...shelfProviders,
    ...markingProviders,
    ...translatingProviders,
    ...composingProviders,
  ];
  return {
    module: AppModule,
    global: true,
    imports: [commandsModule(log, toldByViews), httpModule({ metrics: log.config.metrics }), LiveModule, WebModule],
    providers: [...foundation, ...queryHandlers],
    exports: [...foundation.map(({ provide }) => provide), ...queryHandlers],
  };
}
