import type { Logger } from 'pino';
import type { StoreUnavailable } from '../../libs/event-store/index.ts';
import type { Views } from '../../libs/projections/index.ts';
import { unreadableWords, WatchedVault } from '../../libs/vault/index.ts';
import type { Admission } from '../access/admission/admission.ts';
import type { Findings } from '../acts/auditing/findings.ts';
import { HttpMetrics } from '../api/http/server/http-metrics.ts';
import { isSending } from '../views/publishing/issue-work.ts';
import type { ForumTree } from './forum-tree.ts';
import { ObservedLogHealth } from './log-health.ts';
import { ObservedStore } from './observed-store.ts';
import { openAudit } from './open-audit.ts';
import type { WritingLog } from './opened-log.ts';
import type { ForumIoAdapter } from './socket-adapter.ts';
import { ViewMender } from './view-mender.ts';

/** The parts that a server is built on. */
export interface ServedParts {
  readonly log: WritingLog;
  readonly views: Views;
  readonly tree: ForumTree;
  readonly findings: Findings;
  readonly logger: Logger;
  /** The reason why nothing is written; null when it is. */
  readonly reading: StoreUnavailable | null;
}

/** A log and its views with everything that watches over them, counts and reports. */
export interface WatchedForum {
  /** The log in the form that everything else must use. */
  readonly log: WritingLog;
  readonly store: ObservedStore;
  readonly metrics: HttpMetrics;
  readonly health: ObservedLogHealth;
  readonly audit: ReturnType<typeof openAudit>;
  readonly mender: ViewMender;
}

/** Starts nothing that takes work; the mender waits for its `begin`. */
export function watchForum(
  served: ServedParts,
  { sockets, admission }: { readonly sockets: ForumIoAdapter; readonly admission: Admission },
): WatchedForum {
  const { views, findings, tree, logger } = served;
  const metrics = new HttpMetrics({
    views,
    head: () => served.log.store.head(),
    sockets,
    admission,
    waiting: served.log.waiting,
    mendedViews: () => mender.mended,
    findings,
  });
  const store = watchedStore(served, metrics);
  const vault = new WatchedVault(served.log.vault, served.log.store, (seal) => {
    metrics.unreadableSeals.inc();
    logger.error(unreadableWords(seal));
    findings.sealFound(unreadableWords(seal));
  });
  const log = { ...served.log, store, vault };
  const audit = openAudit({ log, views, tree: tree.tree, findings, onProblem: (reason) => logger.warn(reason) });
  const mender = new ViewMender({
    views,
    verify: (view, options) => audit.replaying.verify(view, options),
    isSending: () => isIssueOnItsWay(views),
    findings,
    onProblem: (reason) => logger.error(reason),
  });
  const { ask, waiting } = log;
  const health = new ObservedLogHealth(store, { dataDir: log.config.dataDir, ask, waiting });
  return { log, store, metrics, health, audit, mender };
}

/** A view that cannot say it keeps none from being compared, itself included. */
function isIssueOnItsWay(views: Views): boolean {
  try {
    return isSending(views);
  } catch {
    return false;
  }
}

/** Refuses to write from the disk's first fault on, or from the beginning when the forum is open for reading alone. */
function watchedStore({ log, logger, reading }: ServedParts, metrics: HttpMetrics): ObservedStore {
  const store = new ObservedStore(log.store, (outcome) => metrics.appends.inc({ outcome }));
  void log.failed.then((fault) => {
    store.refuse(fault);
    logger.fatal(`nothing is written any more: ${fault.message}`);
  });
  if (reading !== null) {
    store.refuse(reading);
    logger.error(reading.message);
  }
  return store;
}
