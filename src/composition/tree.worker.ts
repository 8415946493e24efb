import { openKurrentEventStore, openSqliteEventReader } from '../../libs/event-store/index.ts';
import { runTree } from '../../libs/log-tree/run-tree.ts';
import type { LogFile, LogServer } from '../views/projector.worker.ts';

/** What cannot be read now is told, and read later. */
const PATIENCE_MS = 1_000;

function isLogFile(source: unknown): source is LogFile {
  return typeof source === 'object' && source !== null && 'file' in source && 'signal' in source;
}

function isLogServer(source: unknown): source is LogServer {
  return typeof source === 'object' && source !== null && 'url' in source;
}

/** A database forgets what it is told to (scavenging); a file forgets nothing. */
await runTree(async (source) => {
  if (isLogFile(source)) return { log: openSqliteEventReader(source), whole: true };
  if (!isLogServer(source)) throw new TypeError("the tree's thread was not told where the log is");
  return { log: await openKurrentEventStore({ url: source.url, patienceMs: PATIENCE_MS }), whole: false };
});
