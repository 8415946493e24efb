import { Command } from '../../../libs/kernel/index.ts';
import type { ErasureStep } from '../../../libs/words/index.ts';
import type { ErasureRequested, ErasureTakenBack } from './erasure.events.ts';

export class RequestErasure extends Command<ErasureRequested['data'] & ErasureRequested['personal']> {
  readonly type = 'RequestErasure';
}

export class TakeBackErasure extends Command<ErasureTakenBack['data']> {
  readonly type = 'TakeBackErasure';
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

export class FinishErasure extends Command<{ readonly erasureId: string }> {
  readonly type = 'FinishErasure';
}

export type ErasureCommand = RequestErasure | TakeBackErasure | BeginErasure | RecordErasureStep | FinishErasure;
