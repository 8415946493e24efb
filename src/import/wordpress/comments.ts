import { deriveId } from '../../../libs/kernel/index.ts';
import { IMPORT_TEXT_LIMITS, TEXT_LIMITS } from '../../../libs/words/index.ts';
import type { ImportComment } from '../../domain/comment/comment.commands.ts';
import type { SourceAuthor } from '../../domain/comment/comment.events.ts';
import { withoutForbidden } from '../../domain/text.ts';
import { plainText } from '../html/parse-html.ts';
import type { BlogClock } from './dates.ts';
import type { ImportedPost } from './posts.ts';
import { commentIdAt } from './site.ts';
import { commentText, type Rewrite } from './texts.ts';
import type { SourcePlace, Warn, WxrComment } from './wxr.ts';

/** A comment as the export tells it, in the forum's words. */
export interface ImportedComment extends Pick<ImportComment['data'], 'commentId' | 'body' | 'author' | 'held'> {
  readonly place: SourcePlace;
  /** WordPress' id. */
  readonly sourceId: string;
  /** RFC 3339. */
  readonly at: string;
}

/** The part of a post that its comments need. */
export type CommentedPost = Pick<ImportedPost, 'source' | 'publishAt'>;

export interface CommentContext {
  readonly post: CommentedPost;
  readonly clock: BlogClock;
  readonly warn: Warn;
  /** Leads links to the blog's own posts to where these are now. */
  readonly rewrite: Rewrite;
  /** For comments of which neither they nor their post tell when. */
  readonly now: string;
}

/** Whether anything is left of it to be shown. */
export function hasWords(comment: WxrComment, context: CommentContext): boolean {
  const html = comment.fields.get('wp:comment_content') ?? '';
  if (!/[<&]/.test(html) || WORDS.test(outsideOfTags(html))) return WORDS.test(html);
  return WORDS.test(bodyOf(comment, { ...context, warn: () => undefined }));
}

/** Text that stands in no tag, and in no element that shows nothing; empty where that is not told at a glance. */
function outsideOfTags(html: string): string {
  return /<(?!\/?(?:a|b|blockquote|br|code|em|i|li|ol|p|pre|strong|ul)[\s/>])|&/i.test(html)
    ? ''
    : html.replace(/<[^<>]*>/g, '');
}

const WORDS = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** `as`: what its thread has settled. */
export function toComment(
  comment: WxrComment,
  as: { readonly sourceId: string; readonly held: boolean },
  context: CommentContext,
): ImportedComment {
  return {
    place: comment.place,
    sourceId: as.sourceId,
    commentId: commentIdOf(context.post, as.sourceId),
    body: bodyOf(comment, context),
    author: authorOf(comment),
    held: as.held,
    at: writtenOn(comment, context),
  };
}

/** When it was written, RFC 3339; of its post, or now, where the export does not say it. */
export function writtenOn({ fields, place }: WxrComment, { post, clock, warn, now }: CommentContext): string {
  const at = clock.moment(fields, { gmt: 'wp:comment_date_gmt', local: 'wp:comment_date' });
  if (at === null) warn("the comment does not say when it was written; its post's date was taken", place);
  return at ?? post.publishAt ?? now;
}

/** WordPress' id, or what stands for it where an export lacks it. */
export function sourceIdOfComment({ fields }: WxrComment): string {
  const given = fields.get('wp:comment_id') ?? '';
  return given || deriveId('comment', fields.get('wp:comment_content') ?? '', fields.get('wp:comment_date') ?? '');
}

/** A comment that is answered and is not there; the same id may be another comment's under another post. */
export function placeholderIdOf(post: CommentedPost, id: string): string {
  return `${post.source.id}-missing-${id}`;
}

export function commentIdOf(post: CommentedPost, sourceId: string): string {
  return commentIdAt(post.source.site, sourceId);
}

export function parentIdOf({ fields }: WxrComment): string | null {
  const parent = fields.get('wp:comment_parent') ?? '';
  return parent === '' || parent === '0' ? null : parent;
}

function bodyOf({ fields, place }: WxrComment, context: CommentContext): string {
  const { post, warn } = context;
  const html = fields.get('wp:comment_content') ?? '';
  const body = withoutForbidden(
    commentText(html, {
      baseUrl: URL.canParse(post.source.site) ? post.source.site : null,
      rewrite: context.rewrite,
      most: IMPORT_TEXT_LIMITS.comment.max,
    }),
  ).trim();
  const length = body.length;
  if (length > IMPORT_TEXT_LIMITS.comment.max) {
    warn(
      `the comment was cut at ${IMPORT_TEXT_LIMITS.comment.max} characters (in the export it has ${html.length})`,
      place,
    );
    return body.slice(0, IMPORT_TEXT_LIMITS.comment.max).toWellFormed();
  }
  if (length > TEXT_LIMITS.comment.max)
    warn(`the comment has ${length} characters, more than a new one may have; kept whole`, place);
  return body;
}

/** With a dot in it that is neither its first nor its last character. */
function isWebAddress(url: string): boolean {
  const rest = /^https?:\/\/(\S+)$/.exec(url)?.[1] ?? '';
  return rest.slice(1, -1).includes('.') && URL.canParse(url);
}

function authorOf({ fields }: WxrComment): SourceAuthor {
  const name = withoutForbidden(plainText(fields.get('wp:comment_author') ?? ''));
  const email = fields.get('wp:comment_author_email') ?? '';
  const url = fields.get('wp:comment_author_url') ?? '';
  return {
    displayName: [...name].slice(0, IMPORT_TEXT_LIMITS.byline.max).join('').trim() || 'Anonymous',
    email: /^[^\s@]+@[^\s@]+$/.test(email) && email.length <= TEXT_LIMITS.email.max ? email : null,
    url: isWebAddress(url) && url.length <= 2_000 ? url : null,
  };
}
