import { handlersFor } from '../../libs/nest-decider/index.ts';
import { AddBookmark, RemoveBookmark } from '../domain/bookmark/bookmark.commands.ts';
import { bookmarkDecider } from '../domain/bookmark/bookmark.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const bookmarkHandlers = handlersFor({
  decider: bookmarkDecider,
  decoder: decoders.bookmark,
  commands: [AddBookmark, RemoveBookmark],
  stream: (command) => streams.bookmarks(command.data.by.memberId),
  needs: () => async () => null,
});
