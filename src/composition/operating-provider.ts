import type { FactoryProvider } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { isLogServer, logServerAt } from '../../libs/event-store/index.ts';
import { VIEWS, type Views } from '../../libs/projections/index.ts';
import { Findings } from '../acts/auditing/findings.ts';
import { MAIL_PLACE, type MailPlace } from '../acts/mailing.ts';
import { Operating } from '../acts/operating/operating.ts';
import { Proving } from '../acts/proving/proving.ts';
import { LOG_HEALTH, type LogHealth } from '../api/http/controllers/health.controller.ts';
import { version } from '../cli/version.ts';
import { FIXED_SETTINGS, type FixedSetting } from '../views/site/site.query-types.ts';
import type { ForumTree } from './forum-tree.ts';
import type { WritingLog } from './open-log.ts';

type Needs = [QueryBus, Views, Findings, Proving, LogHealth, MailPlace, readonly FixedSetting[]];

/** What operators ask of this server. */
export function operatingProvider({ config, store }: WritingLog, { tree }: ForumTree): FactoryProvider {
  const { eventStoreUrl: url, dataDir } = config;
  const server = { version: version(), logServer: isLogServer(url) ? logServerAt(url).hostsIn(url) : null, dataDir };
  return {
    provide: Operating,
    inject: [QueryBus, VIEWS, Findings, Proving, LOG_HEALTH, MAIL_PLACE, FIXED_SETTINGS],
    useFactory: (...[queries, views, findings, proving, health, place, fixed]: Needs) => {
      const trouble = () => health.trouble();
      const head = () => store.head();
      return new Operating({ queries, views, tree, findings, proving, head, trouble, place, fixed, server });
    },
  };
}
