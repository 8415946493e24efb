import { Command } from '../../../libs/kernel/index.ts';
import type { LogKeyChanged } from './log-key.events.ts';

/** Records that checkpoints are signed with another key from now on. */
export class ChangeLogKey extends Command<LogKeyChanged['data']> {
  readonly type = 'ChangeLogKey';
}
