import type { Author, Post, PostSummary } from '../../../libs/client/index.ts';
import { POST_KINDS } from '../../../libs/words/index.ts';
import { idText } from '../ids.ts';
import { moment } from '../moment.ts';
import { presentDiscussion, type StandingOut } from '../present-discussion.ts';
import type { SiteInForce } from '../site/site.query-types.ts';
import type { UnwrittenPage } from './post-list.query-types.ts';
import type { PostListRow } from './post-list.reads.ts';

export interface PostParts {
  readonly author: Author | null;
  readonly excerptHtml: string;
  readonly commentCount: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function presentSummary(row: PostListRow, { author, excerptHtml, commentCount, now }: PostParts): PostSummary {
  return {
    id: idText(row.id),
    slug: row.slug,
    title: row.title,
    kind: POST_KINDS.find((kind) => kind === row.kind) ?? 'article',
    locale: row.locale,
    excerptHtml,
    tags: tagsInRow(row.tags),
    author,
    publishedAt: moment(row.publish_at),
    editedAt: row.edited_at === null ? null : moment(row.edited_at),
    status: postStatusOf(row, now),
    commentCount,
    ...(row.url !== null && { url: row.url }),
  };
}

export function presentPost(
  row: PostListRow,
  parts: PostParts & { readonly bodyHtml: string; readonly standingOut: StandingOut },
): Post {
  return {
    ...presentSummary(row, parts),
    body: row.body,
    bodyHtml: parts.bodyHtml,
    excerpt: row.excerpt,
    discussion: presentDiscussion(row, parts.standingOut),
    revision: row.revision,
  };
}

/** The post that the first comment on a page would make. */
export function presentUnwritten(
  { id, slug, url, title, locale }: UnwrittenPage,
  { now, site }: { readonly now: string; readonly site: Pick<SiteInForce, 'discussion'> },
): Post {
  const { slowModeSeconds } = site.discussion;
  return {
    id,
    slug,
    title,
    kind: 'page',
    locale,
    excerptHtml: '',
    tags: [],
    author: null,
    publishedAt: now,
    editedAt: null,
    status: 'published',
    commentCount: 0,
    url,
    body: '',
    bodyHtml: '',
    excerpt: null,
    discussion: { state: 'open', slowModeSeconds, pinnedCommentId: null },
    revision: 0,
  };
}

export function postStatusOf({ withdrawn, publish_at: at }: PostListRow, now: number): PostSummary['status'] {
  if (withdrawn === 1) return 'withdrawn';
  return at > now ? 'scheduled' : 'published';
}

export function tagsInRow(json: string): readonly string[] {
  const tags: unknown = JSON.parse(json);
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}
