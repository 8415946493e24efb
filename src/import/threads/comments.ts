import { deriveId } from '../../../libs/kernel/index.ts';
import { IMPORT_TEXT_LIMITS, NAMELESS, TEXT_LIMITS } from '../../../libs/words/index.ts';
import type { ImportComment } from '../../domain/comment/comment.commands.ts';
import type { SourceAuthor } from '../../domain/comment/comment.events.ts';
import type { ImportSource } from '../../domain/post/post.events.ts';
import type { Rewrite } from '../html/html-to-markdown.ts';
import { importedText } from '../imported-text.ts';
import type { SourcePlace, Warn } from '../source/source.ts';
import type { SourceComment } from '../source/source-comment.ts';
import { markdownOf } from './texts.ts';
import { writtenAddress } from './written-address.ts';

/** A comment as its source tells it, in the forum's words. */
export interface ImportedComment extends Pick<ImportComment['data'], 'commentId' | 'body' | 'author' | 'held'> {
  readonly place: SourcePlace;
  /** Its id in the source. */
  readonly sourceId: string;
  /** RFC 3339. */
  readonly at: string;
  /** The id that it had in WordPress, which another export may tell too; null where it did not come from there. */
  readonly wordpressId: string | null;
}

export interface CommentContext {
  /** The post that they stand under, as its source names it: with an id there, a comment's id derives from it. */
  readonly post: { readonly source: ImportSource; readonly publishAt: string | null };
  /** The base for links without a host; null leaves them as they are. */
  readonly baseUrl: string | null;
  readonly warn: Warn;
  /** Leads links to the source's own posts to where these are now. */
  readonly rewrite: Rewrite;
  /** For comments of which neither they nor their post tell when. */
  readonly now: string;
}

/** Whether anything is left of it to be shown. */
export function hasWords(comment: SourceComment, context: CommentContext): boolean {
  const { text, form } = comment;
  const isMarked = form !== 'plain' && /[<&]/.test(text);
  if (!isMarked || WORDS.test(outsideOfTags(text))) return WORDS.test(text);
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
  comment: SourceComment,
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
    wordpressId: comment.wordpressId ?? null,
  };
}

/** When it was written, RFC 3339; of its post, or now, where the source does not say it. */
export function writtenOn({ at, place }: SourceComment, { post, warn, now }: CommentContext): string {
  if (at === null) warn("the comment does not say when it was written; its post's date was taken", place);
  return at ?? post.publishAt ?? now;
}

/** A comment that is answered and is not there; the same id may be another comment's under another post. */
export function placeholderIdOf({ source }: CommentContext['post'], id: string): string {
  return `${source.id}-missing-${id}`;
}

/** The id that a comment of this source gets here. */
export function commentIdOf({ source }: CommentContext['post'], sourceId: string): string {
  return importedCommentId(source.kind, source.site, sourceId);
}

export function importedCommentId(kind: ImportSource['kind'], site: string, id: string): string {
  return deriveId(kind, site, 'comment', id);
}

function bodyOf(comment: SourceComment, { warn, baseUrl, rewrite }: CommentContext): string {
  const { text, place } = comment;
  const { max } = IMPORT_TEXT_LIMITS.comment;
  const body = importedText(markdownOf(comment, { baseUrl, rewrite, most: max })).trim();
  if (body.length > max) {
    warn(`the comment was cut at ${max} characters (in the export it has ${text.length})`, place);
    return body.slice(0, max).toWellFormed();
  }
  if (body.length > TEXT_LIMITS.comment.max)
    warn(`the comment has ${body.length} characters, more than a new one may have; kept whole`, place);
  return body;
}

/** With a dot in it that is neither its first nor its last character. */
function isWebAddress(url: string): boolean {
  const rest = /^https?:\/\/(\S+)$/.exec(url)?.[1] ?? '';
  return rest.slice(1, -1).includes('.') && URL.canParse(url);
}

function authorOf({ author }: SourceComment): SourceAuthor {
  const { email, url } = author;
  const name = importedText(author.name);
  return {
    displayName: [...name].slice(0, IMPORT_TEXT_LIMITS.byline.max).join('').trim() || NAMELESS,
    email: writtenAddress(email),
    url: isWebAddress(url) && url.length <= 2_000 ? url : null,
  };
}
