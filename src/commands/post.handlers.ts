import { handlersFor } from '../../libs/nest-decider/index.ts';
import {
  BringBackPost,
  EditPost,
  ForfeitPostName,
  KeepPostAddresses,
  PublishPost,
  WithdrawPost,
} from '../domain/post/post.commands.ts';
import { postDecider } from '../domain/post/post.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const postHandlers = handlersFor({
  decider: postDecider,
  decoder: decoders.post,
  commands: [PublishPost, ForfeitPostName, EditPost, WithdrawPost, BringBackPost, KeepPostAddresses],
  stream: (command) => streams.post(command.data.postId),
  starts: (command) => command.type === 'PublishPost' || command.type === 'ForfeitPostName',
  needs: () => async () => undefined,
});
