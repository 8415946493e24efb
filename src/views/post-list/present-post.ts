import type { Author, Post, PostSummary } from '../../../libs/client/index.ts';
import { POST_KINDS } from '../../../libs/words/index.ts';
import { idText } from '../ids.ts';
import { moment } from '../moment.ts';
import { presentDiscussion } from '../present-discussion.ts';
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
    tags: tagsOf(row.tags),
    author,
    publishedAt: moment(row.publish_at),
    editedAt: row.edited_at === null ? null : moment(row.edited_at),
    status: postStatusOf(row, now),
    commentCount,
  };
}

export function presentPost(row: PostListRow, parts: PostParts & { readonly bodyHtml: string }): Post {
  return {
    ...presentSummary(row, parts),
    body: row.body,
    bodyHtml: parts.bodyHtml,
    excerpt: row.excerpt,
    discussion: presentDiscussion(row),
    revision: row.revision,
  };
}

export function postStatusOf({ withdrawn, publish_at: at }: PostListRow, now: number): PostSummary['status'] {
  if (withdrawn === 1) return 'withdrawn';
  return at > now ? 'scheduled' : 'published';
}

function tagsOf(json: string): readonly string[] {
  const tags: unknown = JSON.parse(json);
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}
