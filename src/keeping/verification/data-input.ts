import type { EventStore, LogSource } from '../../../libs/event-store/index.ts';
import type { KeptNote, LogReport, Verifier } from '../../../libs/transparency/index.ts';
import type { KeyStore } from '../../../libs/vault/index.ts';

export type DataStep = 'log' | 'views';

/** The log of a data folder, opened for reading. */
export type DataLog = Pick<EventStore, 'subscribe' | 'readAll' | 'head' | 'close'>;

export interface DataInput {
  /** Throws StoreUnavailable; a log whose file is damaged is no reason to end without a report. */
  readonly openLog: () => Promise<DataLog>;
  /** The keys that the seals are opened with. Throws StoreUnavailable. */
  readonly openKeys: () => Promise<KeyStore>;
  /** The way in which another thread opens the log and its keys. */
  readonly source: LogSource;
  readonly dataDir: string;
  /** The log's keys: one of them must have signed a checkpoint. */
  readonly keys: readonly Verifier[];
  /** The forum's own keys sign under whatever name it had; keys that were given, under theirs alone. */
  readonly anyName: boolean;
  readonly checkpoints: readonly KeptNote[];
  readonly against: readonly string[];
  readonly views: boolean;
  /** Told of the log's own report as soon as it is there, before anything else is looked at. */
  readonly onLog?: (report: LogReport) => void;
  readonly onProgress: (step: DataStep, done: bigint, all: bigint, events: number) => void;
  readonly signal: AbortSignal;
}
