import type { Comment } from '../../../libs/client/index.ts';
import { reading, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { answering, type Parts } from '../answering.ts';
import { idText } from '../ids.ts';
import { CommentPresenter } from './door/comment-presenter.ts';
import { EncodedThreads } from './encoded-threads.ts';
import { KeptDiscussions } from './kept-discussions.ts';
import { writeCursor } from './thread.cursor.ts';
import { locateComment } from './thread.locate.ts';
import {
  GetComment,
  GetDiscussion,
  GetEncodedThread,
  GetNewComment,
  GetRemovable,
  GetThreadPage,
  GetWritten,
  LocateComment,
} from './thread.query-types.ts';
import { visibleComment } from './thread.reads.ts';
import { ThreadPages } from './thread-pages.ts';
import { removableComment, writtenComment } from './written-comment.ts';

const NEEDS = { views: VIEWS, presenter: CommentPresenter } as const;

export const threadQueries = [
  answering(GetDiscussion, { kept: KeptDiscussions }, (query, { kept }) => kept.page(query)),
  answering(GetEncodedThread, { encoded: EncodedThreads }, (query, { encoded }) => encoded.page(query)),
  answering(GetThreadPage, { pages: ThreadPages }, (query, { pages }) => pages.page(query)),
  answering(GetComment, NEEDS, commentShown),
  answering(GetRemovable, NEEDS, ({ commentId, viewer }, { views, presenter }) => {
    const { row, sees } = reading(views.db('thread'), (db) => removableComment(db, commentId, viewer));
    return presenter.presentOne(row, { sees });
  }),
  answering(GetWritten, NEEDS, ({ commentId, viewer }, { views, presenter }) => {
    const { row, sees } = reading(views.db('thread'), (db) => writtenComment(db, commentId, viewer));
    return sees === 'nothing' ? presenter.presentGone(row) : presenter.presentOne(row, { sees });
  }),
  answering(GetNewComment, NEEDS, ({ posted }, { presenter }) => presenter.presentNew(posted)),
  answering(LocateComment, { views: VIEWS }, commentLocated),
];

export async function commentShown(
  { commentId, viewer }: GetComment,
  { views, presenter }: Parts<typeof NEEDS>,
): Promise<Comment> {
  const { row, scope } = reading(views.db('thread'), (db) => visibleComment(db, commentId, viewer));
  return presenter.presentOne(row, scope);
}

export function commentLocated(
  { commentId, options, viewer }: LocateComment,
  { views }: { readonly views: Views },
): { readonly postId: string; readonly cursor: string | null } {
  return reading(views.db('thread'), (db) => {
    const { row, post, scope } = visibleComment(db, commentId, viewer);
    const postId = idText(post.id);
    const cursor = locateComment(db, { post, row, scope }, options);
    return { postId, cursor: cursor && writeCursor(cursor, postId, options.sort) };
  });
}
