import { handlersFor } from '../../libs/nest-decider/index.ts';
import { DropDraft, KeepDraft } from '../domain/draft/draft.commands.ts';
import { draftDecider } from '../domain/draft/draft.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const draftHandlers = handlersFor({
  decider: draftDecider,
  decoder: decoders.draft,
  commands: [KeepDraft, DropDraft],
  stream: (command) => streams.draft(command.data.draftId),
  needs: () => async () => null,
});
