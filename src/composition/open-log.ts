import type { EventStore } from '../../libs/event-store/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import type { Config } from '../config.ts';
import type { Secrets } from './secrets.ts';

/** The log with its vault: all that a program needs which only writes. */
export interface OpenLog {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly store: EventStore;
  readonly vault: Vault;
  /** Finishes the appends under way, then lets go of files and threads. */
  close(): Promise<void>;
}
