import { join } from 'node:path';
import { EventIndex } from '../../libs/event-index/index.ts';
import type { Auditing } from '../api/access/auditing.ts';
import { Explorer } from '../audit/explorer.ts';
import { Exports } from '../audit/exports.ts';
import { threadFile } from '../audit/thread-file.ts';
import { closeAll, type OpenLog } from './opened-log.ts';

export interface OpenAudit {
  readonly auditing: Auditing;
  /** Ends the threads that look into the log. */
  close(): Promise<void>;
}

/** What auditors ask, over the log; nothing of it runs before somebody asks. */
export function openAudit({
  log: { store, source, config },
  onProblem,
}: {
  readonly log: OpenLog;
  readonly onProblem: (reason: string) => void;
}): OpenAudit {
  const file = join(config.dataDir, 'audit', 'events.v1.db');
  const index = new EventIndex({ worker: threadFile('event-index'), file, log: source, onProblem });
  const exports = new Exports(source);
  return { auditing: new Explorer({ store, index, exports }), close: () => closeAll([index, exports]) };
}
