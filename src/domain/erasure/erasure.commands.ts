import { Command } from '../../../libs/kernel/index.ts';
import type { ErasureStep } from '../../../libs/words/index.ts';
import type { ErasureRequested, ErasureTakenBack } from './erasure.events.ts';

export class RequestErasure extends Command<ErasureRequested['data'] & ErasureRequested['personal']> {
  readonly type = 'RequestErasure';
}

export class TakeBackErasure extends Command<ErasureTakenBack['data']> {
  readonly type = 'TakeBackErasure';
}

/** Sent when a member took its account back: what was asked for in its name since the change, or in the day before it. */
export class TakeBackWithAccount extends Command<{
  readonly erasureId: string;
  readonly memberId: string;
  /** When the change happened that is undone (RFC 3339); null where everything is. */
  readonly since: string | null;
}> {
  readonly type = 'TakeBackWithAccount';
}

/** Sent when the erasure is due. */
export class BeginErasure extends Command<{ readonly erasureId: string }> {
  readonly type = 'BeginErasure';
}

export class RecordErasureStep extends Command<{
  readonly erasureId: string;
  readonly step: ErasureStep;
  readonly count: number;
}> {
  readonly type = 'RecordErasureStep';
}

/** `marks` as in the event; those that are remembered already are left out. */
export class RememberErased extends Command<{ readonly erasureId: string; readonly marks: readonly string[] }> {
  readonly type = 'RememberErased';
}

export class FinishErasure extends Command<{ readonly erasureId: string }> {
  readonly type = 'FinishErasure';
}

export type ErasureCommand =
  | RequestErasure
  | TakeBackErasure
  | TakeBackWithAccount
  | BeginErasure
  | RememberErased
  | RecordErasureStep
  | FinishErasure;
