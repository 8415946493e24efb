import { handlersFor } from '../../libs/nest-decider/index.ts';
import { NoteSessionSeen } from '../domain/session/session.commands.ts';
import { sessionDecider } from '../domain/session/session.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const sessionHandlers = handlersFor({
  decider: sessionDecider,
  decoder: decoders.session,
  commands: [NoteSessionSeen],
  stream: ({ data }) => streams.session(data.sessionId),
  starts: () => true,
  needs: () => async () => null,
});
