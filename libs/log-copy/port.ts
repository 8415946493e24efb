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

/** `comparing`: what an earlier run has copied; `checking`: what stands in the target now. */
export type CopyStep = 'comparing' | 'copying' | 'keys' | 'checking';

export interface CopyOptions {
  /** `kept`: events stand at the same positions in both logs; `new`: the target gives its own. */
  readonly positions: 'kept' | 'new';
  /** The last position of the source to copy; its head once its keys were brought, unless told. */
  readonly until?: Position;
  /** Told how far a step has come, as a place in its log, and after how many events (or keys). */
  readonly onProgress?: (step: CopyStep, done: Position, all: Position, count: number) => void;
  readonly signal?: AbortSignal;
}

export interface Copied {
  /** All events that the target holds now, and how many of them this run has brought. */
  readonly events: number;
  readonly copied: number;
  /** All keys of the source, destroyed ones included. */
  readonly keys: number;
  /** Of the last event, in the source and in the target. */
  readonly sourcePosition: Position;
  readonly targetPosition: Position;
  /** Over the lines of all events, the same of source and target: with positions where they are kept, else without. */
  readonly digest: string;
}
