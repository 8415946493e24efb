import { Command } from '../../../libs/kernel/index.ts';
import type { PushSettled } from './push.events.ts';

/** Sent when a push was taken by the push service, or tells nothing any more. */
export class SettlePush extends Command<PushSettled['data']> {
  readonly type = 'SettlePush';
}

/** Sent when an attempt failed. `isFinal`: the push service will never take it. */
export class RecordPushFault extends Command<{
  readonly pushId: string;
  readonly reason: string;
  readonly isFinal: boolean;
  /** What the push service asks to wait at least, in milliseconds. */
  readonly waitMs: number;
}> {
  readonly type = 'RecordPushFault';
}

export type PushCommand = SettlePush | RecordPushFault;
