import type { ScratchArea } from '../../libs/client/index.ts';
import type { Position } from '../../libs/kernel/index.ts';
import type { Difference, LiveFile, TouchedRow } from '../../libs/projections/index.ts';
import type { ReplayClock } from '../acts/auditing/replaying.ts';

/** A task for a thread of the workbench; its files go to `dir`. */
export type WorkTask = { readonly log: unknown; readonly dir: string } & Work;

export type Work =
  | { readonly kind: 'verify'; readonly view: string; readonly live: LiveFile }
  | { readonly kind: 'digests'; readonly files: readonly (readonly [view: string, live: LiveFile])[] }
  | { readonly kind: 'replay'; readonly until: ReplayUntil }
  | { readonly kind: 'touched'; readonly position: Position };

/**
 * A position, which may be any number, with the newest event up to it; or milliseconds since 1970 by one of the two
 * clocks.
 */
export type ReplayUntil =
  | { readonly position: Position; readonly newest: Position }
  | { readonly time: number; readonly by: ReplayClock };

export interface WorkProgress {
  readonly position: Position;
  readonly until: Position;
  readonly events: number;
  readonly eventsPerSecond: number;
}

export interface ViewTouched {
  readonly view: string;
  readonly version: number;
  readonly rows: readonly TouchedRow[];
}

/** The answer of the thread for each kind of work. */
export interface WorkResults {
  readonly verify: {
    readonly version: number;
    readonly position: Position;
    readonly live: string;
    readonly rebuilt: string;
    readonly equal: boolean;
    readonly difference: Difference | null;
  };
  readonly digests: readonly { readonly view: string; readonly position: Position; readonly digest: string }[];
  readonly replay: {
    readonly position: Position;
    readonly at: string | null;
    readonly by: ScratchArea['by'];
    readonly files: Readonly<Record<string, string>>;
  };
  readonly touched: readonly ViewTouched[];
}

export type FromWork =
  | { readonly kind: 'progress'; readonly progress: WorkProgress }
  | { readonly kind: 'result'; readonly result: WorkResults[keyof WorkResults] }
  | { readonly kind: 'failed'; readonly reason: string };
