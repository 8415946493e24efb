import { openSqliteEventReader } from '../../libs/event-store/index.ts';
import { runProjector } from '../../libs/projections/run-projector.ts';
import { viewDefinitions } from './definitions.ts';

/** How the serving thread tells this one where the log is. */
export interface LogSource {
  readonly file: string;
  /** The writing store's commit signal. */
  readonly signal: SharedArrayBuffer;
}

function isLogSource(source: unknown): source is LogSource {
  return typeof source === 'object' && source !== null && 'file' in source && 'signal' in source;
}

await runProjector(viewDefinitions, async (source) => {
  if (!isLogSource(source)) throw new TypeError('the projector was not told where the log is');
  return openSqliteEventReader(source);
});
