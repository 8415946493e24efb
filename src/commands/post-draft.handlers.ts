import { handlersFor } from '../../libs/nest-decider/index.ts';
import { DropPostDraft, KeepPostDraft } from '../domain/post-draft/post-draft.commands.ts';
import { postDraftDecider } from '../domain/post-draft/post-draft.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const postDraftHandlers = handlersFor({
  decider: postDraftDecider,
  decoder: decoders.postDraft,
  commands: [KeepPostDraft, DropPostDraft],
  stream: (command) => streams.postDraft(command.data.draftId),
  needs: () => async () => null,
});
