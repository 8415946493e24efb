import type { Rehearsal } from '../../libs/client/index.ts';
import type { ErrorCode, FieldError } from '../../libs/kernel/index.ts';
import type { RehearsalOrder } from './rehearse.ts';

/** Where the log and its keys are, as another thread can open them. */
export type RehearsalLog =
  | { readonly file: string; readonly vaultFile: string }
  | { readonly url: string; readonly cacheFile: string };

export interface RehearsalTask {
  readonly log: RehearsalLog;
  readonly wish: RehearsalOrder;
}

export interface JudgedSoFar {
  /** Texts judged so far. */
  readonly comments: number;
  readonly position: bigint;
  /** The log's end when the rehearsal began. */
  readonly head: bigint;
}

export type FromRehearsal =
  | ({ readonly kind: 'progress' } & JudgedSoFar)
  | { readonly kind: 'result'; readonly result: Rehearsal }
  | {
      readonly kind: 'refused';
      readonly code: ErrorCode;
      readonly detail: string;
      readonly errors: readonly FieldError[];
    }
  | { readonly kind: 'failed'; readonly reason: string };
