import type { EventStore, LogSource, Notices, StoreUnavailable } from '../../libs/event-store/index.ts';
import type { ErasingVault } from '../../libs/vault/index.ts';
import type { Config } from '../config.ts';
import type { Secrets } from './secrets.ts';

/** How much of a log that is a file waits beside it, and whether that gets less. */
export interface WaitingLog {
  /** Of the write-ahead log on the disk. */
  readonly bytes: number;
  /** Attempts to move it into the file that failed so far. */
  readonly failed: number;
  /** Why the last one failed; null when it did not. */
  readonly trouble: string | null;
}

/** The log with its vault: all that a program needs which only writes. */
export interface WritingLog {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly store: EventStore;
  readonly vault: ErasingVault;
  /** What the forum's nodes tell each other. */
  readonly notices: Notices;
  /** How other threads open the log. */
  readonly source: LogSource;
  /**
   * Resolves when the log was reached, which a file always is. Throws StoreUnavailable after some seconds in vain; what is
   * behind it goes on trying, and it may be asked again. Throws ConfigError when what was reached is no log of a forum.
   */
  reached(): Promise<void>;
  /** Asks a server quickly whether it is there; throws StoreUnavailable. Null for a log that is a file. */
  readonly ask: (() => Promise<void>) | null;
  /** Resolves when the disk did not write or sync the log or the vault: nothing is written then, and the process should end. */
  readonly failed: Promise<StoreUnavailable>;
  /** Null for a log that is no file. */
  readonly waiting: (() => WaitingLog) | null;
  /** Finishes the appends under way, then lets go of files, threads and connections. */
  close(): Promise<void>;
}

/** What a log server gives to tell. */
export interface LogServerTold {
  /** What goes wrong and is tried again. */
  readonly onTrouble?: (reason: string) => void;
  /** The version that it says it is, once it was reached. */
  readonly onVersion?: (version: string) => void;
}

/** Closes each in turn, whatever happens to the others; throws the first fault. */
export async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  const faults: unknown[] = [];
  for (const part of parts) await part.close().catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw faults[0];
}
