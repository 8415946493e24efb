import type { EventStore, LogImport } from '../event-store/index.ts';
import type { Position } from '../kernel/index.ts';
import type { KeyStore } from '../vault/index.ts';

export interface CopySource {
  readonly log: Pick<EventStore, 'readAll' | 'readStream' | 'head'>;
  readonly keys: KeyStore;
}

export interface LogTarget extends CopySource {
  readonly into: LogImport;
}

/** `comparing`: the part that an earlier run copied; `checking`: the target as it is now. */
export type CopyStep = 'comparing' | 'copying' | 'keys' | 'checking';

export interface CopyOptions {
  /** `kept`: events stand at the same positions in both logs; `new`: the target gives its own. */
  readonly positions: 'kept' | 'new';
  /** The last position of the source to copy; unless told, its head after its keys were brought. */
  readonly until?: Position;
  /** Called with the progress of a step: a position in its log, and the number of events (or keys). */
  readonly onProgress?: (step: CopyStep, done: Position, all: Position, count: number) => void;
  readonly signal?: AbortSignal;
}

export interface Copied {
  /** All events in the target, and how many this run brought. */
  readonly events: number;
  readonly copied: number;
  /** All keys of the source, destroyed ones included. */
  readonly keys: number;
  /** Of the last event, in the source and in the target. */
  readonly sourcePosition: Position;
  readonly targetPosition: Position;
  /**
   * Over the lines of all events, equal for source and target: with positions where they are kept, otherwise without.
   */
  readonly digest: string;
}
