import { handlersFor } from '../../libs/nest-decider/index.ts';
import { CallModerators } from '../domain/queue/queue.commands.ts';
import { queueDecider } from '../domain/queue/queue.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const callHandlers = handlersFor({
  decider: queueDecider,
  decoder: decoders.queue,
  commands: [CallModerators],
  stream: ({ data }) => streams.overdue(data.overdueId),
  needs: () => async () => null,
  starts: () => true,
});
