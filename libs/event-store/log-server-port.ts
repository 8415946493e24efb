import type { Notices } from './notices.ts';
import type { EventStore, LogImport } from './port.ts';

/** How a server is reached. */
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

/** A sort of server that keeps a log which several nodes share. What it opens connects to nothing yet; each throws RangeError for an address that cannot be one. */
export interface LogServerSort {
  /** As people call it. */
  readonly title: string;
  /** An example of its addresses. */
  readonly form: string;
  /** The oldest release that is meant, year and month, and how those that are meant are named. */
  readonly oldest: readonly [number, number];
  readonly releases: string;
  readonly isAddress: (url: string) => boolean;
  /** Fit for messages: no credentials, no options. Throws RangeError, which repeats nothing that may be secret. */
  readonly hostsIn: (url: string) => string;
  readonly openStore: (options: ServerStoreOptions) => Promise<ServerStore>;
  readonly openLogImport: (options: ServerOptions) => Promise<LogImport>;
  readonly openNotices: (options: ServerOptions) => Promise<ServerNotices>;
}
