import type { Provider } from '@nestjs/common';
import { MemberDirectory } from './members/member-directory.ts';
import { GetMemberByHandleHandler, GetOwnMemberHandler } from './members/members.queries.ts';
import { STANDINGS } from './members/members.query-types.ts';
import { GetArchiveHandler, GetPostHandler, ListPostsHandler } from './post-list/post-list.queries.ts';
import { PostPresenter } from './post-list/post-presenter.ts';
import { GetCommentHistoryHandler } from './thread/comment-history.ts';
import { CommentPresenter } from './thread/comment-presenter.ts';
import { CommentTexts } from './thread/comment-texts.ts';
import { EncodedThreads } from './thread/encoded-threads.ts';
import { GetOwnReactionsHandler } from './thread/own-reactions.ts';
import { GetThreadChangesHandler } from './thread/thread.changes.ts';
import {
  GetCommentHandler,
  GetEncodedThreadHandler,
  GetNewCommentHandler,
  GetThreadHandler,
  LocateCommentHandler,
} from './thread/thread.queries.ts';
import { ThreadPages } from './thread/thread-pages.ts';

/**
 * Everything that answers queries, for the providers of one module; it needs VIEWS, VAULT and EVENT_STORE beside it.
 * `STANDINGS` is for other modules, too.
 */
export const queryHandlers: Provider[] = [
  MemberDirectory,
  { provide: STANDINGS, useExisting: MemberDirectory },
  CommentTexts,
  CommentPresenter,
  ThreadPages,
  EncodedThreads,
  GetThreadHandler,
  GetEncodedThreadHandler,
  GetCommentHandler,
  GetNewCommentHandler,
  LocateCommentHandler,
  GetThreadChangesHandler,
  GetCommentHistoryHandler,
  GetOwnReactionsHandler,
  GetMemberByHandleHandler,
  GetOwnMemberHandler,
  PostPresenter,
  ListPostsHandler,
  GetArchiveHandler,
  GetPostHandler,
];
