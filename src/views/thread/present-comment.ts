import type { Author, Comment, TranslationLine } from '../../../libs/client/index.ts';
import { formatPosition } from '../../../libs/kernel/index.ts';
import { COMMENT_STATUSES, isWaiting, NO_LANGUAGE, REACTION_KINDS } from '../../../libs/words/index.ts';
import { idText } from '../ids.ts';
import { moment } from '../moment.ts';
import type { CommentText, NoText } from './door/comment-texts.ts';
import type { NewlyPosted } from './thread.query-types.ts';
import type { CommentRow } from './thread.reads.ts';
import { STATUS } from './thread.schema.ts';

/** The parts of a comment that everybody may see who sees its place. */
export type CommentPlace = Omit<Comment, 'author' | 'body' | 'bodyHtml' | 'language'> & {
  /** What the log says of it; null for nothing. */
  readonly language: string | null;
};

/**
 * A comment in the form for answers. With `text` null (destroyed, or not for this viewer) it is an empty place in the
 * tree, and a text whose key was destroyed makes it `erased`. A text that nothing opens makes it `unreadable`: it keeps
 * its status.
 */
export function presentComment(
  place: CommentPlace,
  {
    text,
    author,
    gone,
    translations,
  }: {
    readonly text: CommentText | null;
    readonly author: Author | null;
    readonly gone: NoText | null;
    readonly translations?: readonly TranslationLine[];
  },
): Comment {
  const told = shownLanguage(place, text);
  // One into the language that the text is now known to be in translates nothing.
  const lines = translations?.filter(({ language }) => language !== told.language) ?? [];
  return {
    id: place.id,
    postId: place.postId,
    parentId: place.parentId,
    depth: place.depth,
    author: text && author,
    bodyHtml: text && text.bodyHtml,
    body: text && text.body,
    status: gone === 'erased' ? 'erased' : place.status,
    ...(gone === 'unreadable' && { unreadable: true as const }),
    createdAt: place.createdAt,
    editedAt: place.editedAt,
    revision: place.revision,
    replyCount: place.replyCount,
    reactions: place.reactions,
    position: place.position,
    ...told,
    ...(gone !== 'erased' && place.accepted && { accepted: true as const }),
    ...(gone !== 'erased' && place.featured && { featured: true as const }),
    ...(text && lines.length > 0 && { translations: lines }),
  };
}

/** Of a text whose reader sees it: what the log says, or else what its letters tell. */
export function shownLanguage(
  { language }: Pick<CommentPlace, 'language'>,
  text: CommentText | null,
): Pick<Comment, 'language'> {
  const told = text && (language ?? text.language);
  return told === null || told === NO_LANGUAGE ? {} : { language: told };
}

/** A waiting comment whose place is kept for its answers tells readers no more than a removed one. */
export function placeForReaders(row: CommentRow): CommentPlace {
  const place = placeInView(row);
  const isKept = row.hidden === 0 && isWaiting(place.status);
  return isKept ? { ...place, status: 'removed' } : place;
}

export function placeInView(row: CommentRow): CommentPlace {
  return {
    id: idText(row.id),
    postId: idText(row.post),
    parentId: row.parent && idText(row.parent),
    depth: row.depth,
    status: COMMENT_STATUSES[row.status] ?? 'visible',
    createdAt: moment(row.created_at),
    editedAt: row.edited_at === null ? null : moment(row.edited_at),
    revision: row.revision,
    replyCount: row.replies,
    reactions: reactionsOf(row),
    position: row.position,
    language: row.language,
    ...marksOf(row),
  };
}

/** What readers do not see is marked as nothing. */
function marksOf({ status, accepted, featured }: CommentRow): Pick<Comment, 'accepted' | 'featured'> {
  if (status !== STATUS.visible) return {};
  return { ...(accepted === 1 && { accepted: true as const }), ...(featured === 1 && { featured: true as const }) };
}

/** The row that the view will have at the position of the posting. */
export function placeOfNew({ fact: { data }, at, position }: NewlyPosted): CommentPlace {
  return {
    id: data.commentId,
    postId: data.postId,
    parentId: data.parentId,
    depth: data.depth,
    status: 'visible',
    createdAt: at,
    editedAt: null,
    revision: 0,
    replyCount: 0,
    reactions: {},
    position: formatPosition(position),
    language: data.language ?? null,
  };
}

/** Only kinds with a count. */
function reactionsOf(row: CommentRow): Readonly<Record<string, number>> {
  const reactions: Record<string, number> = {};
  for (const kind of REACTION_KINDS) {
    const count = row[`r_${kind}`] ?? 0;
    if (count > 0) reactions[kind] = count;
  }
  return reactions;
}
