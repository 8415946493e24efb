import { existsSync } from 'node:fs';
import { type EventStore, isLogServer, logServerAt } from '../../libs/event-store/index.ts';
import type { Position } from '../../libs/kernel/index.ts';
import { keptBefore } from '../../libs/log-tree/index.ts';
import { Founding } from '../access/founding.ts';
import { Findings } from '../acts/auditing/findings.ts';
import type { Config } from '../config.ts';
import { openForumViews } from '../views/open-forum-views.ts';
import type { Forum, ForumParts } from './forum.ts';
import { ForumTree, treeDir } from './forum-tree.ts';
import { openLogger } from './logging.ts';
import { openLog } from './open-log.ts';
import {
  checkedOrWithoutLog,
  keysOf,
  readyOrWithoutLog,
  tellDamaged,
  tellUncompared,
  tellUnreadable,
} from './reached-log.ts';
import { dropLeftReplays } from './replay-folders.ts';
import { lockForServing, serveLockFile } from './serve-lock.ts';
import { tellServerVersion } from './server-version.ts';
import { Undoing } from './undoing.ts';
import { viewsDir } from './views-dir.ts';

/**
 * Opens the log, the views and the HTTP server. Resolves when the views have read the log and requests are answered. It
 * also resolves when a log server is away: the forum then shows its views, and continues by itself when the server
 * comes. Throws ConfigError, AlreadyServed, StoreUnavailable, and the system's error for an address that cannot be
 * taken.
 */
export async function openForum(config: Config, parts: ForumParts = {}): Promise<Forum> {
  const undoing = new Undoing();
  try {
    return await open({ config, parts }, undoing);
  } catch (error) {
    await undoing.all().catch(() => undefined);
    throw error;
  }
}

async function open(
  { config, parts }: { readonly config: Config; readonly parts: ForumParts },
  undoing: Undoing,
): Promise<Forum> {
  const { worker, besideMs, reading = null, sharesPort = false, compareAgainMs, reacts = true } = parts;
  const logger = openLogger(config);
  const onProblem = (reason: string): void => logger.error(reason);
  const wasServed = [viewsDir(config), serveLockFile(config.dataDir)].some((left) => existsSync(left));
  const unlock = lockForServing(config.dataDir);
  undoing.add(async () => unlock());
  const told = {
    onTrouble: (reason: string) => logger.warn(reason),
    onVersion: (version: string) => tellServerVersion(logger, version, logServerAt(config.eventStoreUrl)),
  };
  const served = Promise.withResolvers<void>();
  const bounds = { keysAhead: served.promise, ...parts.bounds };
  // Each time that a thread starts, a part of the program is made ready: its modules take as long as the threads.
  const [log] = await Promise.all([openLog(config, told, bounds), import('./fastify-adapter.ts')]);
  undoing.add(() => log.close());
  const keys = keysOf(log);
  await checkedOrWithoutLog(keys);
  const dir = viewsDir(config);
  await dropLeftReplays(dir);
  const rests = isLogServer(config.eventStoreUrl) ? {} : { watchLog: watchesOf(log.store) };
  const entry = { ...rests, ...(worker && { worker }), ...(besideMs !== undefined && { besideMs }) };
  const opening = openForumViews({ dir, log: log.source, ...entry, onProblem });
  const [views, { startServer }] = await Promise.all([opening, import('./start-server.ts')]);
  undoing.add(() => views.close());
  const findings = new Findings();
  const kept = keptBefore(treeDir(config));
  tellUnreadable(kept, logger, findings);
  // A file that was filled from the shell and never served has no tree yet, and nobody needs a warning about that.
  const isNothingLost = !wasServed && !isLogServer(config.eventStoreUrl);
  tellUncompared(kept, { log, keys }, (said) => logger[isNothingLost ? 'info' : 'warn'](said));
  tellDamaged(treeDir(config), keys, (said) => {
    logger.error(said);
    findings.found('checkpoints', 'checkpoints', said);
  });
  const after = served.promise;
  const tree = new ForumTree({ config, log: log.source, keys, findings, onProblem, compareAgainMs, after });
  const unfollow = views.onProjected((_, position) => tree.tree.follow(position));
  undoing.add(() => {
    unfollow();
    return tree.close();
  });
  const server = await startServer({ log, views, tree, findings, logger, reading }, { sharesPort, reacts });
  undoing.add(() => server.close());
  await readyOrWithoutLog(views, log);
  const failed = Promise.race([log.failed, keys.refused]);
  const founding = server.app.get(Founding, { strict: false });
  const founderCode = founding.isNeeded ? founding.code : null;
  // The tree's thread would take a core that the start needs, and keys are not needed before somebody writes.
  setImmediate(served.resolve);
  return { ...server, founderCode, log, views, failed, close: () => undoing.all() };
}

/** Calls back once the log has grown behind a position, by whatever process; what it gives stops that. */
function watchesOf(log: Pick<EventStore, 'subscribe'>): (after: Position, grown: () => void) => () => void {
  return (after, grown) => {
    const stop = new AbortController();
    const watch = async (): Promise<void> => {
      for await (const { position } of log.subscribe({ after, batchSize: 1, signal: stop.signal })) {
        if (position > after) return grown();
      }
    };
    // Whoever reads the log next meets its fault.
    void watch().catch(grown);
    return () => stop.abort();
  };
}
