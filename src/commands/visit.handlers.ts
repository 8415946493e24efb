import { handlersFor } from '../../libs/nest-decider/index.ts';
import { KeepVisit, TurnVisits } from '../domain/visit/visit.commands.ts';
import { visitDecider } from '../domain/visit/visit.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const visitHandlers = handlersFor({
  decider: visitDecider,
  decoder: decoders.visit,
  commands: [KeepVisit, TurnVisits],
  stream: (command) => streams.visits(command.data.by.memberId),
  needs: () => async () => null,
  ignores: ['VisitKept.v1'],
});
