import { Command } from '../../../libs/kernel/index.ts';
import type { PreviewShared } from './preview.events.ts';

export class SharePreview extends Command<PreviewShared['data']> {
  readonly type = 'SharePreview';
}

export class EndPreview extends Command<{ readonly previewId: string }> {
  readonly type = 'EndPreview';
}

export type PreviewCommand = SharePreview | EndPreview;
