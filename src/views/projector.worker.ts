import { openKurrentEventStore, openSqliteEventReader } from '../../libs/event-store/index.ts';
import { runProjector } from '../../libs/projections/run-projector.ts';
import { viewDefinitions } from './definitions.ts';

/** How the serving thread tells this one where the log is. */
export type LogSource = LogFile | LogServer;

export interface LogFile {
  readonly file: string;
  /** The writing store's commit signal. */
  readonly signal: SharedArrayBuffer;
}

export interface LogServer {
  /** A connection string, credentials included. */
  readonly url: string;
}

/** The projector has patience of its own: what it cannot read now is told, and read later. */
const PATIENCE_MS = 1_000;

function isLogFile(source: unknown): source is LogFile {
  return typeof source === 'object' && source !== null && 'file' in source && 'signal' in source;
}

function isLogServer(source: unknown): source is LogServer {
  return typeof source === 'object' && source !== null && 'url' in source;
}

await runProjector(viewDefinitions, async (source) => {
  if (isLogFile(source)) return openSqliteEventReader(source);
  if (isLogServer(source)) return openKurrentEventStore({ url: source.url, patienceMs: PATIENCE_MS });
  throw new TypeError('the projector was not told where the log is');
});
