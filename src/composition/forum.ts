import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { StoreUnavailable } from '../../libs/event-store/index.ts';
import type { Views } from '../../libs/projections/index.ts';
import type { RouteTable } from '../api/http/server/route-table.ts';
import type { LogFileBounds, WritingLog } from './open-log.ts';

/** A forum that serves. */
export interface Forum {
  /** Where it listens: `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly port: number;
  readonly app: NestFastifyApplication;
  readonly log: WritingLog;
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
  /** Between two comparisons of log and tree, in milliseconds; 30 seconds unless told. */
  readonly compareAgainMs?: number;
  /** Why nothing is written as long as this forum is open: DATA_DIR is a copy to read from. */
  readonly reading?: StoreUnavailable;
  /** Lets another forum of this user listen on the same address, so that it can take over. Not on every system. */
  readonly sharesPort?: boolean;
}
