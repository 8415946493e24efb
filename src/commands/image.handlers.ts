import { handlersFor } from '../../libs/nest-decider/index.ts';
import { StoreImage } from '../domain/image/image.commands.ts';
import { imageDecider } from '../domain/image/image.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const imageHandlers = handlersFor({
  decider: imageDecider,
  decoder: decoders.image,
  ignores: ['ImageStored.v1'],
  commands: [StoreImage],
  stream: ({ data }) => streams.image(data.imageId),
  needs: () => async () => null,
  starts: () => true,
});
