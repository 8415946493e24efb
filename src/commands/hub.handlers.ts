import { handlersFor } from '../../libs/nest-decider/index.ts';
import { RecordHubFault, SettleHub } from '../domain/hub/hub.commands.ts';
import { hubDecider } from '../domain/hub/hub.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const hubHandlers = handlersFor({
  decider: hubDecider,
  decoder: decoders.hub,
  commands: [SettleHub, RecordHubFault],
  stream: () => streams.hub(),
  needs: () => async () => null,
  starts: () => true,
});
