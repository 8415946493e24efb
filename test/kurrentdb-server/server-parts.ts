import type { Faults } from './faults.ts';
import type { Gate } from './gate.ts';
import type { LogWriter } from './log-writer.ts';
import type { RecordLog } from './record-log.ts';
import type { ServerVersion } from './rpc-errors.ts';

/** What the calls of the server work with. */
export interface ServerParts {
  readonly log: RecordLog;
  readonly writer: LogWriter;
  readonly faults: Faults;
  readonly gate: Gate;
  readonly maxAppendBytes: number;
  readonly version: ServerVersion;
}
