import { headOf } from '../../../libs/markdown/index.ts';
import { statement, VIEWS } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { moment } from '../moment.ts';
import { commentsUnder } from '../thread/door/counts.ts';
import { ListPeriodPosts } from './post-list.query-types.ts';

/** The characters of a text that a newsletter begins to tell. */
const MOST_HEAD = 300;

interface PeriodRow {
  readonly id: Buffer;
  readonly slug: string;
  readonly title: string;
  readonly body: string;
  readonly excerpt: string | null;
  readonly publish_at: number;
}

const ofPeriod = statement<PeriodRow>(`
  SELECT id, slug, title, substr(body, 1, 8000) AS body, excerpt, publish_at FROM post
  WHERE kind NOT IN ('page', 'newsletter') AND withdrawn = 0 AND publish_at <= @now
    AND publish_at >= @from AND publish_at < @until
  ORDER BY publish_at, n LIMIT @limit`);

export const periodPostsQuery = answering(ListPeriodPosts, { views: VIEWS }, ({ from, until, limit }, { views }) =>
  ofPeriod(views.db('post-list'))
    .all({ from, until, limit, now: Date.now() })
    .map(({ id, slug, title, body, excerpt, publish_at: at }) => ({
      slug,
      title,
      head: headOf(excerpt ?? body, MOST_HEAD, 'left out'),
      publishedAt: moment(at),
      commentCount: commentsUnder(views, id),
    })),
);
