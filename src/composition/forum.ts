import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { StoreUnavailable } from '../../libs/event-store/index.ts';
import type { Views } from '../../libs/projections/index.ts';
import type { RouteTable } from '../api/http/server/route-table.ts';
import type { LogFileBounds, WritingLog } from './open-log.ts';

/** A forum that serves. */
export interface Forum {
  /** The address where it listens: `http://127.0.0.1:3000`. */
  readonly url: string;
  /** The code for the first admin; null once there is a member, or while the views do not know. */
  readonly founderCode: string | null;
  readonly port: number;
  readonly app: NestFastifyApplication;
  readonly log: WritingLog;
  readonly views: Views;
  readonly routes: RouteTable;
  /**
   * Resolves when the disk failed to write or sync the log or the vault, or when a log that was away is signed with
   * another key. From then on writing is refused and readiness says why. The caller closes the forum and ends the
   * process, and the next start reads the whole log again.
   */
  readonly failed: Promise<StoreUnavailable>;
  /** Takes no new work, finishes what was accepted, tells sockets to reconnect, then closes everything. */
  close(): Promise<void>;
}

/** The parts that differ from a usual forum. */
export interface ForumParts {
  /** The entry file of the projector's thread. */
  readonly worker?: URL;
  /** How long the start waits for the search once all else is ready, in milliseconds; some seconds unless told. */
  readonly besideMs?: number;
  /** The limits of the log's write-ahead log. */
  readonly bounds?: LogFileBounds;
  /** The pause between two comparisons of log and tree, in milliseconds; 30 seconds unless told. */
  readonly compareAgainMs?: number;
  /** False where the reactors rest, so that nothing is recorded but what was asked for; they work unless told. */
  readonly reacts?: boolean;
  /** The reason why nothing is written as long as this forum is open: DATA_DIR is a copy for reading. */
  readonly reading?: StoreUnavailable;
  /**
   * Lets another forum of this user listen on the same address, so that it can take over. Not every system allows that.
   */
  readonly sharesPort?: boolean;
}
