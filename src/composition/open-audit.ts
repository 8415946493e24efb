import { join } from 'node:path';
import { EventIndex } from '../../libs/event-index/index.ts';
import { type EventStore, isLogServer } from '../../libs/event-store/index.ts';
import { programBeside } from '../../libs/kernel/index.ts';
import type { LogTree } from '../../libs/log-tree/index.ts';
import type { Views } from '../../libs/projections/index.ts';
import type { Auditing } from '../acts/auditing/auditing.ts';
import type { Findings } from '../acts/auditing/findings.ts';
import type { Replaying } from '../acts/auditing/replaying.ts';
import { Explorer } from '../audit/explorer.ts';
import { Exports } from '../audit/exports.ts';
import { ANY_NUMBER, type Places } from '../audit/places.ts';
import { Replays } from '../audit/replays.ts';
import { Workbench } from '../audit/workbench.ts';
import { closeAll, type WritingLog } from './opened-log.ts';

export interface OpenAudit {
  readonly auditing: Auditing;
  readonly replaying: Replaying;
  /** Ends the threads that look into the log. */
  close(): Promise<void>;
}

/** The answers for auditors, from the log; nothing runs before somebody asks. */
export function openAudit({
  log: { store, vault, source, config },
  views,
  tree,
  findings,
  onProblem,
}: {
  readonly log: WritingLog;
  readonly views: Views;
  readonly tree: LogTree;
  readonly findings: Findings;
  readonly onProblem: (reason: string) => void;
}): OpenAudit {
  const file = join(config.dataDir, 'audit', 'events.v1.db');
  const index = new EventIndex({
    worker: programBeside(import.meta.url, '../audit/event-index.worker'),
    file,
    log: source,
    onProblem,
  });
  const exports = new Exports(source);
  const { dataDir } = config;
  const places = isLogServer(config.eventStoreUrl) ? placesIn(tree, store) : ANY_NUMBER;
  const replaying = new Replays({
    views,
    workbench: new Workbench(source, join(dataDir, 'audit', 'scratch')),
    dataDir,
    places,
    onVerified: (view) => findings.verified(view),
  });
  const auditing = new Explorer({ store, index, exports, views, vault, places });
  return { auditing, replaying, close: () => closeAll([index, exports, replaying]) };
}

/**
 * The tree knows each event's position. A tree that lags or proves nothing more still tells the positions that it has.
 */
function placesIn(tree: LogTree, store: Pick<EventStore, 'head'>): Places {
  return {
    around: async (position) => {
      const head = await store.head();
      await tree.reached(position < head ? position : head).catch(() => undefined);
      return tree.around(position);
    },
  };
}
