import { existsSync } from 'node:fs';
import type { ListenOptions } from 'node:net';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyListenOptions } from 'fastify';
import type { Logger } from 'pino';
import { StoreUnavailable } from '../../libs/event-store/index.ts';
import { type KeptBefore, keptBefore, uncompared } from '../../libs/log-tree/index.ts';
import type { Views } from '../../libs/projections/index.ts';
import { WatchedVault } from '../../libs/vault/index.ts';
import { Admission } from '../api/access/admission.ts';
import { AllowedHosts } from '../api/access/allowed-hosts.ts';
import { Findings } from '../api/access/findings.ts';
import { PAGE_ERRORS } from '../api/access/page-errors.ts';
import { Proving } from '../api/access/proving.ts';
import { PublicAddress } from '../api/access/public-address.ts';
import { RateLimits } from '../api/access/rate-limits.ts';
import { Sessions } from '../api/access/sessions.ts';
import { commentBytes } from '../api/http/input/comment-size.ts';
import { HttpMetrics } from '../api/http/server/http-metrics.ts';
import { installServer } from '../api/http/server/install.ts';
import { ProblemFilter } from '../api/http/server/problem-filter.ts';
import { RouteTable } from '../api/http/server/route-table.ts';
import { CommonHeaders } from '../api/http/server/security-headers.ts';
import { appModule } from '../app.module.ts';
import { factsOf } from '../commands/forum-facts.ts';
import { KeyDestruction } from '../commands/key-destruction.ts';
import type { Config } from '../config.ts';
import { coreOf } from '../domain/policy/rules.ts';
import { Rehearsals } from '../rehearsal/rehearsals.ts';
import { WrittenRecords } from '../views/moderation-queue/written.ts';
import { openForumViews } from '../views/open-forum-views.ts';
import { CommentTexts } from '../views/thread/comment-texts.ts';
import { auditSigner } from './audit-key.ts';
import { newFastifyAdapter } from './fastify-adapter.ts';
import { ForumTree, treeDir } from './forum-tree.ts';
import { ObservedLogHealth } from './log-health.ts';
import { CheckedKeys, mustFollow } from './log-keys.ts';
import { NestLogger, openLogger } from './logging.ts';
import { ObservedStore } from './observed-store.ts';
import { openAudit } from './open-audit.ts';
import { OpenConnections } from './open-connections.ts';
import { openFilesLimit, socketsWithin } from './open-files.ts';
import { closeAll, type LogFileBounds, type OpenLog, openLog } from './open-log.ts';
import { rehearsalLog } from './rehearsal-log.ts';
import { lockForServing } from './serve-lock.ts';
import { tellServerVersion } from './server-version.ts';
import { ForumIoAdapter } from './socket-adapter.ts';
import { ViewMender } from './view-mender.ts';

/** How long a request or an answer under way may take once the forum closes, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Connections that the system keeps until they are accepted: a restart is met by all readers at once. */
const BACKLOG = 4_096;
/** How long a request that has not come as a whole may still take then, in milliseconds. */
export const UNFINISHED_MS = 1_000;
/** How often a closing server looks for connections whose last answer is out, in milliseconds. */
const SWEEP_MS = 20;

/** A forum that serves. */
export interface Forum {
  /** Where it listens: `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly port: number;
  readonly app: NestFastifyApplication;
  readonly log: OpenLog;
  readonly views: Views;
  readonly routes: RouteTable;
  /**
   * Resolves when the disk did not write or sync the log or the vault, or when a log that was away is signed with another key. From then on writing is refused and readiness says
   * why; whoever runs the forum closes it and ends the process, and the next start reads the whole log again.
   */
  readonly failed: Promise<StoreUnavailable>;
  /** Takes no new work, finishes what was accepted, tells sockets to reconnect, then lets go of everything. */
  close(): Promise<void>;
}

/** What differs from a forum that is opened as usual. */
export interface ForumParts {
  /** The entry file of the projector's thread. */
  readonly worker?: URL;
  /** Of the log's write-ahead log. */
  readonly bounds?: LogFileBounds;
  /** Why nothing is written as long as this forum is open: DATA_DIR is a copy to read from. */
  readonly reading?: StoreUnavailable;
  /** Lets another forum of this user listen on the same address, so that it can take over. Not on every system. */
  readonly sharesPort?: boolean;
}

/** Undone in the opposite order of opening. */
type Undo = () => Promise<void>;

/**
 * Opens the log, the views and the HTTP server; resolves when the views have read the log and requests are answered,
 * or when a log server is away: the forum then shows what its views have, and goes on by itself when the server comes.
 * Throws ConfigError, AlreadyServed, StoreUnavailable, and the system's error for an address that cannot be taken.
 */
export async function openForum(config: Config, parts: ForumParts = {}): Promise<Forum> {
  const undo: Undo[] = [];
  try {
    return await open({ config, parts }, undo);
  } catch (error) {
    await unwind(undo).catch(() => undefined);
    throw error;
  }
}

async function open(
  { config, parts }: { readonly config: Config; readonly parts: ForumParts },
  undo: Undo[],
): Promise<Forum> {
  const logger = openLogger(config);
  const unlock = lockForServing(config.dataDir);
  undo.push(async () => unlock());
  const told = {
    onTrouble: (reason: string) => logger.warn(reason),
    onVersion: (version: string) => tellServerVersion(logger, version),
  };
  const log = await openLog(config, told, parts.bounds);
  undo.push(() => log.close());
  const keys = keysOf(log);
  await checkedOrWithoutLog(keys);
  const { worker } = parts;
  const viewsDir = join(config.dataDir, 'views');
  const isFirstStart = !existsSync(viewsDir);
  const views = await openForumViews({
    dir: viewsDir,
    log: log.source,
    ...(worker === undefined ? {} : { worker }),
    onProblem: (reason) => logger.error(reason),
  });
  undo.push(() => views.close());
  const findings = new Findings();
  // A log that was filled from the shell and never served has no tree yet, and nobody to be warned of that.
  tellUncompared(keptBefore(treeDir(config)), log, (said) => (isFirstStart ? logger.info(said) : logger.warn(said)));
  const tree = new ForumTree({
    config,
    log: log.source,
    keys,
    findings,
    onProblem: (reason) => logger.error(reason),
  });
  undo.push(() => tree.close());
  const server = await startServer({ config, parts, log, views, tree, findings, logger });
  undo.push(() => server.close());
  await readyOrWithoutLog(views, log);
  const { url, port, app, routes } = server;
  return {
    url,
    port,
    app,
    log,
    views,
    routes,
    failed: Promise.race([log.failed, keys.refused]),
    close: once(() => unwind(undo)),
  };
}

/** What the log cannot be compared with at this start; a log that is away is asked when it is there. */
function tellUncompared(kept: KeptBefore, log: ServerParts['log'], tell: (said: string) => void): void {
  void log
    .reached()
    .then(() => log.store.head())
    .then((head) => uncompared(kept, head))
    .then(
      (said) => said !== null && tell(said),
      () => undefined,
    );
}

/** In the background, since it reads the whole log; what fails now is done at the next start. */
function finishDestructions(destruction: KeyDestruction, { log, logger }: Pick<ServerParts, 'log' | 'logger'>): void {
  void log
    .reached()
    .then(() => destruction.finish())
    .then(
      (keys) => keys > 0 && logger.info(`${keys} keys were destroyed, as the log says that they are`),
      (error: unknown) => {
        if (error instanceof StoreUnavailable && error.reason === 'closed') return;
        logger.warn(
          `keys that the log says are destroyed were not looked for: ${error instanceof Error ? error.message : error}`,
        );
      },
    );
}

/** The name does not matter where keys are compared. */
function keysOf({ config, secrets, store, reached }: OpenLog): CheckedKeys {
  return new CheckedKeys(async () => {
    await reached();
    return mustFollow(auditSigner(config, secrets, 'colloquy'), { log: store, dir: treeDir(config) });
  });
}

/** A log that is away has its keys checked before anything is signed. Throws ConfigError for another key. */
async function checkedOrWithoutLog(keys: CheckedKeys): Promise<void> {
  try {
    await keys.check();
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
  }
}

/** Throws what is wrong with a log that was reached; one that is away is waited for by whoever needs it. */
async function readyOrWithoutLog(views: Views, log: OpenLog): Promise<void> {
  try {
    await log.reached();
  } catch (error) {
    if (error instanceof StoreUnavailable) return;
    throw error;
  }
  await views.ready();
}

interface ServerParts {
  readonly config: Config;
  readonly parts: ForumParts;
  readonly log: OpenLog;
  readonly views: Views;
  readonly tree: ForumTree;
  readonly findings: Findings;
  readonly logger: Logger;
}

async function startServer(opened: ServerParts): Promise<Omit<Forum, 'log' | 'views' | 'failed'>> {
  const { config, log, views, tree, findings, logger } = opened;
  const { reading = null, sharesPort = false } = opened.parts;
  const routes = new RouteTable();
  const address = new PublicAddress(config.publicUrl, config.host, config.port);
  const headers = new CommonHeaders(address);
  const adapter = newFastifyAdapter(config, headers);
  const connections = new OpenConnections(adapter.getInstance().server);
  const admission = new Admission(config.answerWithinMs);
  const sockets = new ForumIoAdapter(adapter.getInstance().server, {
    mostFrameBytes: commentBytes(config.commentMaxLength),
    mostSockets: config.liveSockets ?? socketsWithin(openFilesLimit()),
    admission,
  });
  const metrics = new HttpMetrics({
    views,
    head: () => log.store.head(),
    sockets,
    admission,
    waiting: log.waiting,
    mendedViews: () => mender.mended,
    findings,
  });
  const store = new ObservedStore(log.store, (outcome) => metrics.appends.inc({ outcome }));
  const vault = new WatchedVault(log.vault, log.store, ({ at, reason }) => {
    metrics.unreadableSeals.inc();
    logger.error(`what is sealed in ${at.stream} (${at.type}) cannot be read: ${reason}; see: colloquy verify`);
  });
  void log.failed.then((fault) => {
    store.refuse(fault);
    logger.fatal(`nothing is written any more: ${fault.message}`);
  });
  if (reading !== null) {
    store.refuse(reading);
    logger.error(reading.message);
  }
  const rehearsing = new Rehearsals(rehearsalLog(config));
  const audit = openAudit({
    log: { ...log, store, vault },
    views,
    tree: tree.tree,
    findings,
    onProblem: (reason) => logger.warn(reason),
  });
  const mender = new ViewMender({
    views,
    verify: (view, options) => audit.replaying.verify(view, options),
    findings,
    onProblem: (reason) => logger.error(reason),
  });
  const nestLogger = new NestLogger(logger);
  const health = new ObservedLogHealth(store, { dataDir: config.dataDir, ask: log.ask, waiting: log.waiting });
  const app = await NestFactory.create<NestFastifyApplication>(
    appModule({
      log: { ...log, store, vault },
      views,
      tree,
      address,
      health,
      reading: { alone: reading !== null },
      metrics,
      admission,
      findings,
      rehearsing,
      auditing: audit.auditing,
      replaying: audit.replaying,
    }),
    adapter,
    { bodyParser: false, logger: nestLogger, abortOnError: false },
  );
  finishDestructions(app.get(KeyDestruction, { strict: false }), { log, logger });
  const texts = app.get(CommentTexts, { strict: false });
  factsOf(store).recordsFrom(new WrittenRecords(views, texts, coreOf));
  const filter: ProblemFilter = new ProblemFilter({
    routes,
    log: logger,
    pages: app.get(PAGE_ERRORS, { strict: false }),
  });
  let closing = false;
  try {
    app.useWebSocketAdapter(sockets);
    app.useGlobalFilters(filter);
    const access = { sessions: app.get(Sessions), limits: app.get(RateLimits), address };
    await installServer(adapter.getInstance(), {
      ...access,
      routes,
      headers,
      hosts: app.get(AllowedHosts),
      views,
      metrics,
      admission,
      commentMaxLength: config.commentMaxLength,
      isClosing: () => closing,
    });
    await app.listen(placeOf(config, sharesPort));
  } catch (error) {
    await app.close().catch(() => undefined);
    await audit.close();
    throw error;
  }
  nestLogger.serving();
  if (reading === null) mender.begin();
  const port = portOf(app);
  address.listensOn(config.host, port);
  tree.keepCheckpoints(() => app.get(Proving).checkpoint());
  const close = async (): Promise<void> => {
    closing = true;
    await closeServer(app, connections);
    await mender.close();
    await audit.close();
  };
  return { url: `http://${hostInUrl(config.host)}:${port}`, port, app, routes, close };
}

/** Fastify hands on what `net.Server` takes, and does not name all of it. */
function placeOf({ host, port }: Config, reusePort: boolean): FastifyListenOptions & Pick<ListenOptions, 'reusePort'> {
  return { host, port, backlog: BACKLOG, ...(reusePort ? { reusePort } : {}) };
}

/** Waits for answers under way, ends each connection after its last one, and cuts those that take too long. */
async function closeServer(app: NestFastifyApplication, connections: OpenConnections): Promise<void> {
  const server = app.getHttpServer();
  const sweeping = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const unfinished = setTimeout(() => connections.endUnfinished(), UNFINISHED_MS);
  const impatient = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
  try {
    await app.close();
  } finally {
    clearInterval(sweeping);
    clearTimeout(unfinished);
    clearTimeout(impatient);
  }
}

function portOf(app: NestFastifyApplication): number {
  const bound = app.getHttpServer().address();
  if (bound === null || typeof bound === 'string') throw new Error('the server listens on no port');
  return bound.port;
}

function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function unwind(undo: Undo[]): Promise<void> {
  return closeAll(
    undo
      .splice(0)
      .reverse()
      .map((close) => ({ close })),
  );
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closed: Promise<void> | undefined;
  return () => {
    closed ??= close();
    return closed;
  };
}
