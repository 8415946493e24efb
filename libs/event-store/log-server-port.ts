import type { Notices } from './notices.ts';
import type { EventStore, LogImport } from './port.ts';

/** The way to reach a server. */
export interface ServerOptions {
  /** Its address, credentials included. */
  readonly url: string;
  /** The longest that one call may take, in milliseconds. */
  readonly callMs?: number;
  /** How long a call that fails is tried again, in milliseconds. */
  readonly patienceMs?: number;
}

export interface ServerStoreOptions extends ServerOptions {
  /** Told, in words for an operator, what went wrong with a subscription that goes on by itself. */
  readonly onTrouble?: (reason: string) => void;
}

export interface ServerStore extends EventStore {
  /** The version that the server says it is. Throws StoreUnavailable. */
  serverVersion(): Promise<string>;
}

export interface ServerNotices extends Notices {
  close(): Promise<void>;
}

/**
 * A kind of server for a log that several nodes share. Its functions connect to nothing yet; each throws RangeError for
 * an invalid address.
 */
export interface LogServerSort {
  /** Its name for people. */
  readonly title: string;
  /** An example of its addresses. */
  readonly form: string;
  /** The oldest supported release, year and month, and the name of the supported ones. */
  readonly oldest: readonly [number, number];
  readonly releases: string;
  readonly isAddress: (url: string) => boolean;
  /** Fit for messages: no credentials, no options. Throws RangeError, which repeats no secret. */
  readonly hostsIn: (url: string) => string;
  readonly openStore: (options: ServerStoreOptions) => Promise<ServerStore>;
  readonly openLogImport: (options: ServerOptions) => Promise<LogImport>;
  readonly openNotices: (options: ServerOptions) => Promise<ServerNotices>;
}
