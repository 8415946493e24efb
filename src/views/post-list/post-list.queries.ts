import type { Post } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { reading, VIEWS } from '../../../libs/projections/index.ts';
import { answering, type Parts } from '../answering.ts';
import { idBytes } from '../ids.ts';
import { SiteMemory } from '../site/door/site-memory.ts';
import { commentsUnderAll } from '../thread/door/counts.ts';
import { seesUnpublished } from '../viewer.ts';
import { UnwrittenPageMemory } from './door/unwritten-page-memory.ts';
import {
  CountComments,
  GetArchive,
  GetNextOut,
  GetPage,
  GetPost,
  GetUnwrittenPage,
  ListPosts,
} from './post-list.query-types.ts';
import { listPosts, monthsWithPosts, nextOutAfter, postBy } from './post-list.reads.ts';
import { PostPresenter } from './post-presenter.ts';
import { postStatusOf, presentUnwritten } from './present-post.ts';

const POSTS = { views: VIEWS, presenter: PostPresenter, unwritten: UnwrittenPageMemory, site: SiteMemory } as const;

export const postListQueries = [
  answering(
    ListPosts,
    { views: VIEWS, presenter: PostPresenter, site: SiteMemory },
    async (query, { views, presenter, site }) => {
      const { filter, page, viewer } = query;
      const now = Date.parse(query.now);
      const options = {
        filter,
        limit: page.limit,
        cursor: page.cursor,
        now,
        all: seesUnpublished(viewer),
        zone: site.now().timeZone,
      };
      const { rows, next } = reading(views.db('post-list'), (db) => listPosts(db, options));
      return { items: await presenter.summaries(rows, now), next };
    },
  ),
  answering(GetArchive, { views: VIEWS, site: SiteMemory }, ({ now }, { views, site }) =>
    monthsWithPosts(views.db('post-list'), Date.parse(now), site.now().timeZone),
  ),
  answering(GetNextOut, { views: VIEWS }, ({ now }, { views }) => nextOutAfter(views.db('post-list'), Date.parse(now))),
  answering(GetPost, POSTS, postShown),
  answering(GetPage, POSTS, (query, parts) => {
    const { page, viewer, now } = query;
    if (postBy(parts.views.db('post-list'), page.id)) return postShown({ idOrSlug: page.id, viewer, now }, parts);
    parts.unwritten.remember(page);
    return presentUnwritten(page, { now, site: parts.site.now() });
  }),
  answering(CountComments, { views: VIEWS }, ({ postIds }, { views }) => commentsUnderAll(views, postIds.map(idBytes))),
  answering(GetUnwrittenPage, { views: VIEWS, unwritten: UnwrittenPageMemory }, ({ postId }, { views, unwritten }) => {
    const page = unwritten.of(postId);
    return page === undefined || postBy(views.db('post-list'), postId) ? null : page;
  }),
];

async function postShown(
  query: Pick<GetPost, 'idOrSlug' | 'viewer' | 'now'>,
  { views, presenter, unwritten, site }: Parts<typeof POSTS>,
): Promise<Post> {
  const now = Date.parse(query.now);
  const row = postBy(views.db('post-list'), query.idOrSlug);
  const page = row ? undefined : unwritten.of(query.idOrSlug);
  if (page !== undefined) return presentUnwritten(page, { now: query.now, site: site.now() });
  if (!row || (postStatusOf(row, now) !== 'published' && !seesUnpublished(query.viewer))) {
    throw new DomainError('post_not_found', 'There is no such post.');
  }
  return presenter.post(row, now);
}
