/**
 * Builds all views from the log given once, in a process that does nothing else, and prints its resident memory in MiB:
 * before, after each tenth of the events, and at the end, as a JSON list. Arguments: the log's file, a scratch directory.
 */
import { openSqliteEventReader } from '../../../libs/event-store/index.ts';
import { replayViews } from '../../../libs/projections/index.ts';
import { viewDefinitions } from '../../../src/views/definitions.ts';

const [file = '', dir = ''] = process.argv.slice(2);
const resident = (): number => Math.round(process.memoryUsage.rss() / 1024 / 1024);

const log = openSqliteEventReader({ file });
const seen = [resident()];
await replayViews({
  log,
  definitions: viewDefinitions,
  dir,
  onProgress: ({ position, until }) => {
    if (position * 10n >= until * BigInt(seen.length)) seen.push(resident());
  },
});
seen.push(resident());
await log.close();
process.stdout.write(`${JSON.stringify(seen)}\n`);
