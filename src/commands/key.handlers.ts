import { handlersFor } from '../../libs/nest-decider/index.ts';
import { RecordKeyDestruction } from '../domain/key/key.commands.ts';
import { keyDecider } from '../domain/key/key.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const keyHandlers = handlersFor({
  decider: keyDecider,
  decoder: decoders.key,
  commands: [RecordKeyDestruction],
  stream: ({ data }) => streams.key(data.keyId),
  starts: () => true,
  needs: () => async () => null,
});
