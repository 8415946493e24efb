import { handlersFor } from '../../libs/nest-decider/index.ts';
import { type LookCommand, RecordExport, RecordLook } from '../domain/look/look.commands.ts';
import { lookDecider } from '../domain/look/look.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const lookHandlers = handlersFor({
  decider: lookDecider,
  decoder: decoders.look,
  commands: [RecordLook, RecordExport],
  stream: streamOf,
  needs: () => async () => null,
  starts: () => true,
});

function streamOf(command: LookCommand): string {
  switch (command.type) {
    case 'RecordLook':
      return streams.look(command.data.lookId);
    case 'RecordExport':
      return streams.export(command.data.exportId);
    default:
      return command satisfies never;
  }
}
