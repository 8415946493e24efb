import type { Author, CommentPage } from '../../../libs/client/index.ts';
import { DomainError, formatPosition } from '../../../libs/kernel/index.ts';
import { excerptOf, renderExcerpt, renderPostAside } from '../../../libs/markdown/index.ts';
import { reading } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { idText } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { fittingPage } from '../page-bounds.ts';
import { listPosts, type PostListRow, postBy } from '../post-list/post-list.reads.ts';
import { presentPost, presentSummary } from '../post-list/present-post.ts';
import { CommentPresenter } from '../thread/door/comment-presenter.ts';
import { readCursor, writeCursor } from '../thread/thread.cursor.ts';
import { MOST_COMMENTS, threadPage } from '../thread/thread.page.ts';
import { standingOutUnder, totalOf, visibleComments, visiblePost } from '../thread/thread.reads.ts';
import { GetScratchThread, ListScratchPosts, type ScratchFiles } from './scratch.query-types.ts';

const EXCERPT_CHARACTERS = 400;
/** The viewer that sees everything. */
const ALL_SEEING = { memberId: '00000000-0000-4000-8000-000000000000', roles: ['admin'] } as const;
const EVERYTHING = { sees: 'all' } as const;

export const scratchQueries = [
  answering(ListScratchPosts, { members: MemberDirectory }, async ({ files, page }, { members }) => {
    const { rows, next } = reading(files.postList, (db) =>
      listPosts(db, { filter: {}, ...page, now: files.now, all: true, zone: 'UTC' }),
    );
    const items = rows.map(async (row) => presentSummary(row, await partsOf(row, files, members)));
    return { items: await Promise.all(items), next };
  }),
  answering(
    GetScratchThread,
    { members: MemberDirectory, comments: CommentPresenter },
    async ({ files, postId, page }, { members, comments }) => {
      const row = postBy(files.postList, postId);
      if (!row) throw new DomainError('post_not_found', 'There was no such post.');
      const parts = await partsOf(row, files, members);
      const standingOut = standingOutUnder(files.thread, row.id);
      const post = presentPost(row, { ...parts, standingOut, bodyHtml: await renderPostAside(row.body) });
      const wish = { ...page, postId: idText(row.id) };
      const shown = await fittingPage(MOST_COMMENTS, {
        make: (most) => pageOf(files, { ...wish, most }, comments),
        htmlOf: ({ items }) => items.map(({ bodyHtml }) => bodyHtml),
      });
      return { post, page: shown };
    },
  ),
];

type PageWish = GetScratchThread['page'] & { readonly postId: string; readonly most: number };

async function pageOf(
  { thread }: ScratchFiles,
  { postId, limit, cursor, most }: PageWish,
  comments: CommentPresenter,
): Promise<CommentPage> {
  const from = cursor === null ? null : readCursor(cursor, postId, 'oldest');
  const { position, total, rows, next } = reading(thread, (db, at) => {
    const post = visiblePost(db, postId, ALL_SEEING);
    const read = threadPage(db, { post, scope: EVERYTHING }, { sort: 'oldest', limit, cursor: from, most });
    return { ...read, position: at, total: totalOf(db, post, EVERYTHING) };
  });
  const items = await comments.present(rows, EVERYTHING);
  return { position: formatPosition(position), total, items, next: next && writeCursor(next, postId, 'oldest') };
}

async function partsOf(row: PostListRow, { thread, now }: ScratchFiles, members: MemberDirectory) {
  const excerptHtml = row.excerpt === null ? excerptOf(row.body, EXCERPT_CHARACTERS) : renderExcerpt(row.excerpt);
  return { author: await authorOf(row, members), excerptHtml, commentCount: visibleComments(thread, row.id), now };
}

async function authorOf({ author, byline }: PostListRow, members: MemberDirectory): Promise<Author | null> {
  if (author) return members.author(idText(author));
  return byline === null ? null : { id: null, displayName: byline, imported: true };
}
