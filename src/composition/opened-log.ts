import type { EventStore, LogSource, Notices, StoreUnavailable } from '../../libs/event-store/index.ts';
import type { ErasingVault } from '../../libs/vault/index.ts';
import type { Config } from '../config.ts';
import type { Secrets } from './secrets.ts';

/** The part of a log in a file that waits beside it, and whether it gets smaller. */
export interface WaitingLog {
  /** The bytes of the write-ahead log on the disk. */
  readonly bytes: number;
  /** The failed attempts to move it into the file. */
  readonly failed: number;
  /** The reason why the last attempt failed; null when it succeeded. */
  readonly trouble: string | null;
}

/** The log with its vault: everything that a writing program needs. */
export interface WritingLog {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly store: EventStore;
  readonly vault: ErasingVault;
  /** The notices among the forum's nodes. */
  readonly notices: Notices;
  /** How other threads open the log. */
  readonly source: LogSource;
  /**
   * Resolves when the log was reached; a file always is. Throws StoreUnavailable after some seconds without success;
   * the attempts continue behind it, and it may be called again. Throws ConfigError when something else than a forum's
   * log was reached.
   */
  reached(): Promise<void>;
  /** Asks a server quickly whether it is there; throws StoreUnavailable. Null for a log that is a file. */
  readonly ask: (() => Promise<void>) | null;
  /**
   * Resolves when the disk failed to write or sync the log or the vault: nothing is written then, and the process
   * should end.
   */
  readonly failed: Promise<StoreUnavailable>;
  /** Null for a log that is no file. */
  readonly waiting: (() => WaitingLog) | null;
  /** Finishes the appends under way, then closes files, threads and connections. */
  close(): Promise<void>;
}

/** The reports of a log server. */
export interface LogServerTold {
  /** Called for a fault that is tried again. */
  readonly onTrouble?: (reason: string) => void;
  /** Called with the server's version, once it was reached. */
  readonly onVersion?: (version: string) => void;
}

/** Closes each part in turn, whatever happens to the others; throws the first fault. */
export async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  const faults: unknown[] = [];
  for (const part of parts) await part.close().catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw faults[0];
}
