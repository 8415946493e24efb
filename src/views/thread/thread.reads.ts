import type { Database } from 'better-sqlite3';
import { commentNotFound, DomainError, isUuid } from '../../../libs/kernel/index.ts';
import { statement } from '../../../libs/projections/index.ts';
import { REACTION_KINDS } from '../../../libs/words/index.ts';
import { idBytes, idText } from '../ids.ts';
import type { StandingOut } from '../present-discussion.ts';
import { seesHidden, seesUnpublished, type Viewer } from '../viewer.ts';
import type { KeptSeal } from './kept-seal.ts';
import { C_PATH, isWaitingStatus, STATUS } from './thread.schema.ts';

export interface PostRow {
  readonly n: number;
  readonly id: Buffer;
  readonly publish_at: number | null;
  readonly withdrawn: number;
  readonly state: string;
  readonly slow_mode: number;
  readonly pinned: Buffer | null;
  readonly asks: number;
  readonly accepted: Buffer | null;
  readonly comments: number;
  readonly shown: number;
  readonly visible: number;
}

/** The count of each kind of reaction. */
export type ReactionColumns = Readonly<Record<`r_${string}`, number>>;

export interface CommentRow extends ReactionColumns {
  readonly id: Buffer;
  readonly post: Buffer;
  readonly parent: Buffer | null;
  readonly author: Buffer | null;
  readonly depth: number;
  readonly path: Buffer;
  readonly status: number;
  readonly hidden: number;
  readonly shadow: number;
  readonly created_at: number;
  readonly edited_at: number | null;
  readonly revision: number;
  /** Decimal. */
  readonly position: string;
  readonly posted: string;
  readonly replies: number;
  /** Whether it was accepted as the answer, and whether it is featured. */
  readonly accepted: number;
  readonly featured: number;
  readonly sealed: KeptSeal;
  readonly byline: KeptSeal;
  /** Null where the log does not tell. */
  readonly language: string | null;
}

/**
 * The comments of a thread that a viewer may see: readers those without a shadow; `own` a member with held comments
 * here, who also sees these; `all` moderators.
 */
export type Scope =
  | { readonly sees: 'reader' | 'all' }
  | { readonly sees: 'own'; readonly author: number; readonly memberId: string };

export const COMMENT_COLUMNS = `
  c.id, post.id AS post, p.id AS parent, author.id AS author, c.depth, ${C_PATH} AS path, c.status, c.hidden, c.shadow,
  c.created_at, c.edited_at, c.revision, CAST(coalesce(c.position, c.n) AS TEXT) AS position, CAST(c.n AS TEXT) AS posted,
  (post.asks AND post.accepted IS c.id) AS accepted,
  EXISTS (SELECT 1 FROM featured f WHERE f.post = c.post AND f.comment = c.n) AS featured,
  coalesce(t.replies, 0) AS replies, ${REACTION_KINDS.map((kind) => `coalesce(t.r_${kind}, 0) AS r_${kind}`).join(', ')},
  c.sealed, c.byline, c.language`;
export const COMMENT_JOINS = `
  JOIN post ON post.n = c.post LEFT JOIN comment p ON p.n = c.parent LEFT JOIN author ON author.n = c.author
  LEFT JOIN tally t ON t.n = c.n`;

const SHOWN = {
  reader: 'c.shadow = 0',
  own: `(c.shadow = 0 OR (c.shadow = 1 AND c.hidden = 1 AND c.status IN (${STATUS.held}, ${STATUS.rejected}) AND c.author = @author))`,
  all: 'c.shadow >= 0',
} as const;

/** One query for each scope; `shown` is the scope's condition. */
export function scoped<Row>(sql: (shown: string) => string) {
  const queries = {
    reader: statement<Row>(sql(SHOWN.reader)),
    own: statement<Row>(sql(SHOWN.own)),
    all: statement<Row>(sql(SHOWN.all)),
  };
  return (db: Database, scope: Scope, values: Readonly<Record<string, unknown>>): Row[] =>
    queries[scope.sees](db).all(scope.sees === 'own' ? { ...values, author: scope.author } : values);
}

const postById = statement<PostRow>('SELECT * FROM post WHERE id = ?');
const authorById = statement<{ n: number; comments: number }>('SELECT n, comments FROM author WHERE id = ?');
const commentById = statement<CommentRow>(`SELECT ${COMMENT_COLUMNS} FROM comment c ${COMMENT_JOINS} WHERE c.id = ?`);
const heldBy = statement<{ held: number }>(`
  SELECT count(*) AS held FROM held JOIN comment c ON c.n = held.n
  WHERE held.author = ? AND held.post = ? AND c.shadow = 1 AND c.hidden = 1`);

/** Whether the log has a post of this id, published or not. */
export function isThread(db: Database, postId: string): boolean {
  return isUuid(postId) && postById(db).get(idBytes(postId)) !== undefined;
}

/**
 * The post of a thread; throws DomainError `post_not_found`, also when it is scheduled or withdrawn and the viewer is
 * no editor.
 */
export function visiblePost(db: Database, postId: string, viewer: Viewer): PostRow {
  const post = isUuid(postId) ? postById(db).get(idBytes(postId)) : undefined;
  if (!post || !mayKnowOf(post, viewer)) throw new DomainError('post_not_found', 'There is no such post.');
  return post;
}

/** Whether everybody may read the post of a thread. */
export function isReadByAll(db: Database, postId: string): boolean {
  const post = isUuid(postId) ? postById(db).get(idBytes(postId)) : undefined;
  return post !== undefined && mayKnowOf(post, null);
}

function mayKnowOf({ publish_at: publishAt, withdrawn }: PostRow, viewer: Viewer): boolean {
  if (publishAt === null) return false;
  return (withdrawn === 0 && publishAt <= Date.now()) || seesUnpublished(viewer);
}

/**
 * A comment with its post; throws DomainError `comment_not_found`, also for a comment that this viewer may not see at
 * all.
 */
export function visibleComment(
  db: Database,
  commentId: string,
  viewer: Viewer,
): { readonly row: CommentRow; readonly post: PostRow; readonly scope: Scope } {
  const found = knownComment(db, commentId, viewer);
  if (!found.isFound) throw commentNotFound();
  return found;
}

/** Any existing comment, and whether this viewer finds it. Throws DomainError `comment_not_found`. */
export function knownComment(db: Database, commentId: string, viewer: Viewer) {
  const row = isUuid(commentId) ? commentById(db).get(idBytes(commentId)) : undefined;
  const post = row && postById(db).get(row.post);
  if (!row || !post) throw commentNotFound();
  const scope = scopeOf(db, post, viewer);
  return { row, post, scope, isFound: mayKnowOf(post, viewer) && isShown(row, scope) };
}

/** The condition of `SHOWN`, for a row in memory. */
function isShown({ shadow, hidden, status, author }: CommentRow, scope: Scope): boolean {
  if (scope.sees === 'all' || shadow === 0) return true;
  const own = scope.sees === 'own' && author !== null && idText(author) === scope.memberId;
  return own && shadow === 1 && hidden === 1 && isWaitingStatus(status);
}

export function scopeOf(db: Database, post: PostRow, viewer: Viewer): Scope {
  if (viewer === null) return { sees: 'reader' };
  if (seesHidden(viewer)) return { sees: 'all' };
  const author = authorById(db).get(idBytes(viewer.memberId));
  if (!author || heldCount(db, post, author.n) === 0) return { sees: 'reader' };
  return { sees: 'own', author: author.n, memberId: viewer.memberId };
}

/** The items on all pages. */
export function totalOf(db: Database, post: PostRow, scope: Scope): number {
  if (scope.sees === 'all') return post.comments;
  return scope.sees === 'own' ? post.shown + heldCount(db, post, scope.author) : post.shown;
}

const acceptedOf = statement<{ id: Buffer }>(
  `SELECT id FROM comment WHERE id = ? AND shadow = 0 AND status = ${STATUS.visible}`,
);

const featuredUnder = statement<{ featured: number }>(`
  SELECT count(*) AS featured FROM featured JOIN comment c ON c.n = featured.comment
  WHERE featured.post = ? AND c.shadow = 0 AND c.status = ${STATUS.visible}`);

/** What stands out in a discussion, as far as everybody can read it: whether it asks, its answer, how much is featured. */
export function standingOutOf(
  db: Database,
  { n, asks, accepted }: Pick<PostRow, 'n' | 'asks' | 'accepted'>,
): StandingOut {
  const featured = featuredUnder(db).get(n)?.featured ?? 0;
  const marks = featured > 0 ? { featuredCount: featured } : {};
  if (asks === 0) return marks;
  const answer = accepted === null ? undefined : acceptedOf(db).get(accepted);
  return { asks: true, ...(answer && { acceptedCommentId: idText(answer.id) }), ...marks };
}

/** The same by the post's id. */
export function standingOutUnder(db: Database, postId: Buffer): StandingOut {
  const post = postById(db).get(postId);
  return post === undefined ? {} : standingOutOf(db, post);
}

const visibleOf = statement<{ visible: number }>('SELECT visible FROM post WHERE id = ?');

/** Comments that everybody can read under a post. */
export function visibleComments(db: Database, postId: Buffer): number {
  return visibleOf(db).get(postId)?.visible ?? 0;
}

const visibleOfAll = statement<{ id: Buffer; visible: number }>(`
  SELECT id, visible FROM post
  WHERE id IN (SELECT unhex(value) FROM json_each(@ids)) AND withdrawn = 0 AND publish_at <= @now`);

/** Comments that everybody can read under each of these posts; those that readers do not see are left out. */
export function visibleCommentsOf(
  db: Database,
  postIds: readonly Buffer[],
  now: number,
): readonly { readonly id: Buffer; readonly visible: number }[] {
  return visibleOfAll(db).all({ ids: JSON.stringify(postIds.map((id) => id.toString('hex'))), now });
}

/** Visible comments that a member wrote. */
export function commentsBy(db: Database, memberId: string): number {
  return authorById(db).get(idBytes(memberId))?.comments ?? 0;
}

function heldCount(db: Database, post: PostRow, author: number): number {
  return heldBy(db).get(author, post.n)?.held ?? 0;
}
