import { Command } from '../../../libs/kernel/index.ts';
import type { QueueOverdue } from './queue.events.ts';

/** Sent when a comment has waited longer than the forum promises. */
export class CallModerators extends Command<QueueOverdue['data']> {
  readonly type = 'CallModerators';
}
