import { DomainError } from '../../../libs/kernel/index.ts';
import { reading, VIEWS } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { SiteMemory } from '../site/door/site-memory.ts';
import { seesUnpublished } from '../viewer.ts';
import { GetArchive, GetNextOut, GetPost, ListPosts } from './post-list.query-types.ts';
import { listPosts, monthsWithPosts, nextOutAfter, postBy } from './post-list.reads.ts';
import { PostPresenter } from './post-presenter.ts';
import { postStatusOf } from './present-post.ts';

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
  answering(GetPost, { views: VIEWS, presenter: PostPresenter }, (query, { views, presenter }) => {
    const now = Date.parse(query.now);
    const row = postBy(views.db('post-list'), query.idOrSlug);
    if (!row || (postStatusOf(row, now) !== 'published' && !seesUnpublished(query.viewer))) {
      throw new DomainError('post_not_found', 'There is no such post.');
    }
    return presenter.post(row, now);
  }),
];
