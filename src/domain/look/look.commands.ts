import { Command } from '../../../libs/kernel/index.ts';
import type { Exported, HiddenSeen } from './look.events.ts';

export class RecordLook extends Command<Omit<HiddenSeen['data'], 'more'>> {
  readonly type = 'RecordLook';
}

export class RecordExport extends Command<Exported['data']> {
  readonly type = 'RecordExport';
}

export type LookCommand = RecordLook | RecordExport;
