import { handlersFor } from '../../libs/nest-decider/index.ts';
import { IssueLink, RequestLink, UseLink } from '../domain/link/link.commands.ts';
import { linkDecider } from '../domain/link/link.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const linkHandlers = handlersFor({
  decider: linkDecider,
  decoder: decoders.link,
  commands: [RequestLink, IssueLink, UseLink],
  stream: (command) => streams.link(command.data.linkId),
  starts: (command) => command.type === 'RequestLink',
  needs: () => async () => undefined,
});
