import { Command } from '../../../libs/kernel/index.ts';
import type { ImageStored } from './image.events.ts';

/** Records an image whose files are on the disk already. */
export class StoreImage extends Command<ImageStored['data'] & ImageStored['personal']> {
  readonly type = 'StoreImage';
}
