import { handlersFor } from '../../libs/nest-decider/index.ts';
import { ChangeLogKey } from '../domain/log-key/log-key.commands.ts';
import { logKeyDecider } from '../domain/log-key/log-key.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const logKeyHandlers = handlersFor({
  decider: logKeyDecider,
  decoder: decoders.logKey,
  commands: [ChangeLogKey],
  stream: () => streams.logKey(),
  needs: () => async () => null,
});
