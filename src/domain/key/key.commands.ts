import { Command } from '../../../libs/kernel/index.ts';
import type { KeyDestroyed } from './key.events.ts';

/** Records that a key is about to be destroyed; `KeyDestruction` sends it and then destroys the key. */
export class RecordKeyDestruction extends Command<KeyDestroyed['data']> {
  readonly type = 'RecordKeyDestruction';
}
