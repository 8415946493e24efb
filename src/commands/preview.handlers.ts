import { handlersFor } from '../../libs/nest-decider/index.ts';
import { EndPreview, SharePreview } from '../domain/preview/preview.commands.ts';
import { previewDecider } from '../domain/preview/preview.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const previewHandlers = handlersFor({
  decider: previewDecider,
  decoder: decoders.preview,
  commands: [SharePreview, EndPreview],
  stream: (command) => streams.preview(command.data.previewId),
  starts: (command) => command.type === 'SharePreview',
  needs: () => async () => null,
});
