import type { Post } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import { pageAddress } from '../../domain/post/page-address.ts';
import { answering, type Parts } from '../answering.ts';
import { idBytes, idText } from '../ids.ts';
import { SiteMemory } from '../site/door/site-memory.ts';
import { commentsUnder, commentsUnderAll } from '../thread/door/counts.ts';
import { seesUnpublished } from '../viewer.ts';
import { nextOutAfter } from './door/next-out.ts';
import { UnwrittenPageMemory } from './door/unwritten-page-memory.ts';
import { KeptPosts } from './kept-posts.ts';
import {
  CountComments,
  CountCommentsUnder,
  FindPostsWithImages,
  GetArchive,
  GetNextOut,
  GetOtherDiscussions,
  GetPage,
  GetPost,
  GetPostLocale,
  GetUnwrittenPage,
  ListPostAddresses,
  ListPosts,
  ListPublicPosts,
  ListTags,
} from './post-list.query-types.ts';
import {
  firstPagesAt,
  listPosts,
  monthsWithPosts,
  pagesAt,
  postAddresses,
  postBy,
  tagsInLists,
} from './post-list.reads.ts';
import { PostLocales } from './post-locales.ts';
import { PostPresenter } from './post-presenter.ts';
import { postStatusOf, presentUnwritten } from './present-post.ts';
import { publicPosts } from './public-posts.ts';

const POSTS = { views: VIEWS, kept: KeptPosts, unwritten: UnwrittenPageMemory, site: SiteMemory } as const;

const withImages = statement<{ readonly slug: string; readonly title: string; readonly body: string }>(
  `SELECT slug, title, body FROM post WHERE instr(body, '/images/') > 0 ORDER BY n DESC`,
);

export const postListQueries = [
  PostLocales,
  KeptPosts,
  answering(GetPostLocale, { locales: PostLocales }, ({ postId }, { locales }) => locales.of(postId)),
  answering(FindPostsWithImages, { views: VIEWS }, ({ imageIds }, { views }) => {
    const found = new Map<string, { readonly slug: string; readonly title: string }>();
    for (const { slug, title, body } of withImages(views.db('post-list')).iterate()) {
      for (const id of imageIds) if (!found.has(id) && body.includes(`/images/${id}-`)) found.set(id, { slug, title });
      if (found.size === imageIds.length) break;
    }
    return found;
  }),
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
  answering(GetNextOut, { views: VIEWS }, ({ now }, { views }) => nextOutAfter(views, Date.parse(now))),
  answering(ListPostAddresses, { views: VIEWS }, ({ now, page }, { views }) =>
    postAddresses(views.db('post-list'), { ...page, now: Date.parse(now) }).map(({ slug, changed }) => ({
      slug,
      changedAt: new Date(changed).toISOString(),
    })),
  ),
  answering(ListPublicPosts, { views: VIEWS }, ({ now, page }, { views }) => {
    const rows = publicPosts(views.db('post-list'), { ...page, now: Date.parse(now) });
    const counts = commentsUnderAll(
      views,
      rows.map(({ id }) => id),
    );
    return rows.map(({ n, id, slug, title, locale, publish_at: publishedAt, kind, url }) => {
      const commentCount = counts.get(idText(id)) ?? 0;
      return { n: Number(n), slug, title, locale, publishedAt, isPage: kind === 'page', url, commentCount };
    });
  }),
  answering(ListTags, { views: VIEWS }, ({ now, limit }, { views }) =>
    tagsInLists(views.db('post-list'), { now: Date.parse(now), limit }),
  ),
  answering(GetPost, POSTS, postShown),
  answering(GetPage, POSTS, (query, parts) => {
    const { page, viewer, now } = query;
    const [there] = pagesAt(parts.views.db('post-list'), page.url);
    if (there !== undefined) return postShown({ idOrSlug: idText(there.id), viewer, now }, parts);
    parts.unwritten.remember(page);
    return presentUnwritten(page, { now, site: parts.site.now() });
  }),
  answering(CountComments, { views: VIEWS }, ({ urls }, { views }) => {
    const ids = firstPagesAt(views.db('post-list'), urls);
    const counts = commentsUnderAll(views, [...ids.values()]);
    return new Map([...ids].map(([url, id]) => [url, counts.get(idText(id)) ?? 0]));
  }),
  answering(CountCommentsUnder, { views: VIEWS }, ({ postIds }, { views }) =>
    commentsUnderAll(views, postIds.map(idBytes)),
  ),
  answering(GetOtherDiscussions, { views: VIEWS }, ({ url, now }, { views }) => {
    const [, ...others] = pagesAt(views.db('post-list'), url);
    return others
      .filter((row) => postStatusOf(row, Date.parse(now)) === 'published')
      .map(({ id, slug, title }) => ({ slug, title, commentCount: commentsUnder(views, id) }));
  }),
  answering(
    GetUnwrittenPage,
    { views: VIEWS, unwritten: UnwrittenPageMemory, site: SiteMemory },
    ({ postId }, { views, unwritten, site }) => {
      const page = unwritten.of(postId);
      if (page === undefined) return null;
      const { url } = pageAddress(page.url, site.now());
      return url === page.url && pagesAt(views.db('post-list'), url).length === 0 ? page : null;
    },
  ),
];

async function postShown(
  query: Pick<GetPost, 'idOrSlug' | 'viewer' | 'now'>,
  { views, kept, unwritten, site }: Parts<typeof POSTS>,
): Promise<Post> {
  const standing = kept.standing(query.idOrSlug);
  if (standing !== undefined) return standing;
  const now = Date.parse(query.now);
  const row = postBy(views.db('post-list'), query.idOrSlug);
  const page = row ? undefined : unwritten.of(query.idOrSlug);
  if (page !== undefined) return presentUnwritten(page, { now: query.now, site: site.now() });
  if (!row || (postStatusOf(row, now) !== 'published' && !seesUnpublished(query.viewer))) {
    throw new DomainError('post_not_found', 'There is no such post.');
  }
  return kept.of(query.idOrSlug, row, now);
}
