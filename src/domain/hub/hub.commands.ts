import { Command } from '../../../libs/kernel/index.ts';
import type { HubPing } from './hub.events.ts';

/** Sent when the hub has taken a ping. */
export class SettleHub extends Command<HubPing> {
  readonly type = 'SettleHub';
}

/** Sent when an attempt failed. `isFinal`: the hub will never take it. */
export class RecordHubFault extends Command<
  HubPing & {
    readonly reason: string;
    readonly isFinal: boolean;
    /** Milliseconds that the hub asks to wait. */
    readonly waitMs: number;
  }
> {
  readonly type = 'RecordHubFault';
}

export type HubCommand = SettleHub | RecordHubFault;
