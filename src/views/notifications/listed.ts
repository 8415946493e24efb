import type { Database } from 'better-sqlite3';
import { statement, type Views } from '../../../libs/projections/index.ts';
import { isNotificationKind, MOST_FOLLOWED, type NotificationKind } from '../../../libs/words/index.ts';
import { idBytes, idText } from '../ids.ts';
import { type ReadableComment, readableComment } from '../thread/door/readable.ts';
import type { Attention } from './attention.ts';
import { numberOf } from './known.ts';
import type { HasUnreadIn } from './notifications.query-types.ts';
import { isOfDiscussion, isRead, type ReadMarks, TELLS_WORDS } from './read-marks.ts';
import { ACCEPTED } from './telling-rulings.ts';

interface ToldRow {
  readonly n: string;
  readonly kind: string;
  readonly post: Buffer | null;
  readonly comment: Buffer | null;
  readonly outcome: string | null;
  readonly at: number;
}

/** A notification before its texts are opened. */
export interface Listed {
  readonly n: bigint;
  readonly kind: NotificationKind;
  readonly postId: string | null;
  readonly commentId: string | null;
  readonly outcome: string | null;
  readonly at: number;
  /** What was written, for kinds that tell of somebody's words. */
  readonly written: ReadableComment | null;
}

/** Whose notifications, between which positions: later than `after`, earlier than `before`. */
export interface Sought {
  readonly memberId: string;
  readonly attention: Attention;
  /** The kinds that are sought. */
  readonly kinds: ReadonlySet<NotificationKind>;
  readonly before: bigint;
  readonly after: bigint;
  readonly most: number;
  /** Leaves out what is read by these. */
  readonly unreadBy?: ReadMarks;
}

/** The most rows that are looked at together; at first as many as are asked for, since most of them are shown. */
const MOST_TOGETHER = 128;
/** The most rows that are looked at for one page, since any number may be muted, ignored or hidden. */
const MOST_SEARCHED = 512;
/** The most rows that are passed over because they are read: that takes a look at no other view. */
const MOST_PASSED = 4_096;
export const NO_BOUND = 2n ** 63n - 1n;

/** The indexes are named: without figures about the tables SQLite would read all that a member was told instead. */
const direct = statement<ToldRow>(`
  SELECT CAST(n AS TEXT) AS n, kind, post, comment, outcome, at FROM told
  WHERE member = ? AND n < ? AND n > ? ORDER BY told.n DESC LIMIT ?`);
/** The followed discussions with what was last said in each, the newest first. */
const discussions = statement<{ readonly post: Buffer; readonly since: string; readonly top: string }>(`
  SELECT post, CAST(since AS TEXT) AS since, CAST(top AS TEXT) AS top FROM (
    SELECT f.post, f.since, (SELECT max(shown) FROM comment c INDEXED BY comment_shown WHERE c.post = (${numberOf('f.post')}) AND c.shown < @before) AS top FROM (
      SELECT post, since FROM follow WHERE member = @member AND follows = 1 ORDER BY since DESC LIMIT ${MOST_FOLLOWED}) f
  ) WHERE top > max(since, @after) ORDER BY top DESC LIMIT @discussions`);
const said = statement<ToldRow>(`
  SELECT CAST(shown AS TEXT) AS n, 'followed' AS kind, @post AS post, id AS comment, NULL AS outcome, at FROM comment c
  WHERE post = (${numberOf('@post')}) AND shown < @before AND shown > @after
    AND author IS NOT coalesce((${numberOf('@member')}), 0)
    AND NOT EXISTS (
      SELECT 1 FROM told INDEXED BY told_comment
      WHERE told.comment = c.id AND told.member = @member AND kind IN ('reply', 'mention'))
  ORDER BY shown DESC LIMIT @chunk`);

/** The newest notifications, and where to go on; `next` is null where nothing is left. */
export function listed(views: Pick<Views, 'db'>, sought: Sought): { items: readonly Listed[]; next: bigint | null } {
  const db = views.db('notifications');
  const items: Listed[] = [];
  let { before } = sought;
  // One more than asked for tells whether there is another page.
  let chunk = Math.min(sought.most + 1, MOST_TOGETHER);
  let [searched, passed] = [0, 0];
  while (searched < MOST_SEARCHED && passed < MOST_PASSED) {
    const rows = chunkOf(db, { ...sought, before, chunk });
    for (const row of rows) {
      const isPassed = isReadRow(row, sought);
      if (isPassed) passed += 1;
      else searched += 1;
      const item = isPassed ? null : toldItem(views, row, sought);
      if (item !== null && items.length === sought.most) return { items, next: before };
      if (item !== null) items.push(item);
      before = BigInt(row.n);
    }
    if (rows.length < chunk) return { items, next: null };
    chunk = Math.min(2 * chunk, MOST_TOGETHER);
  }
  return { items, next: before };
}

/** Whether any of the newest after a position is read by reading the discussion. */
export function toldIn(db: Database, { memberId, postId, after }: HasUnreadIn['sought']): boolean {
  const rows = direct(db).all(idBytes(memberId), NO_BOUND, after, MOST_TOGETHER);
  return rows.some(({ kind, post, outcome }) => {
    return post !== null && idText(post) === postId && isNotificationKind(kind) && isOfDiscussion({ kind, outcome });
  });
}

function isReadRow({ n, kind, post, outcome }: ToldRow, { unreadBy }: Sought): boolean {
  if (unreadBy === undefined || !isNotificationKind(kind)) return false;
  return isRead({ n: BigInt(n), kind, postId: post && idText(post), outcome }, unreadBy);
}

type Chunk = Pick<Sought, 'before' | 'after' | 'unreadBy'> & { readonly member: Buffer; readonly chunk: number };

function chunkOf(
  db: Database,
  { memberId, kinds, before, after, chunk, unreadBy }: Sought & Pick<Chunk, 'chunk'>,
): readonly ToldRow[] {
  const member = idBytes(memberId);
  const own = direct(db).all(member, before, after, chunk);
  const at = { member, before, after, chunk, ...(unreadBy && { unreadBy }) };
  const followed = kinds.has('followed') ? followedBefore(db, at) : [];
  return [...own, ...followed].sort(newestFirst).slice(0, chunk);
}

/** The newest so many of all followed discussions are within those whose newest are the newest. */
function followedBefore(db: Database, { unreadBy, ...at }: Chunk): readonly ToldRow[] {
  let newest: ToldRow[] = [];
  // Those that are read to their end are none of them.
  const most = at.chunk + (unreadBy?.places.size ?? 0);
  for (const { post, since, top } of discussions(db).all({ ...at, discussions: most })) {
    const last = newest[at.chunk - 1];
    if (last !== undefined && BigInt(top) <= BigInt(last.n)) break;
    // What is older than so many others of the newest is on no page with them.
    const oldest = last === undefined ? at.after : BigInt(last.n);
    const read = unreadBy?.places.get(idText(post)) ?? 0n;
    const from = [BigInt(since), oldest, read].reduce((most, one) => (one > most ? one : most), at.after);
    newest = [...newest, ...said(db).all({ ...at, post, after: from })].sort(newestFirst).slice(0, at.chunk);
  }
  return newest;
}

/** By positions as texts, which have no zeros before them: many rows are sorted for a page. */
function newestFirst(one: ToldRow, other: ToldRow): number {
  if (one.n === other.n) return 0;
  const isOlder = one.n.length === other.n.length ? one.n < other.n : one.n.length < other.n.length;
  return isOlder ? 1 : -1;
}

/** Null for what is not to be told: of a kind that is off, muted, written by somebody ignored, or not readable now. */
function toldItem(views: Pick<Views, 'db'>, row: ToldRow, { kinds, attention }: Sought): Listed | null {
  const { kind, post, comment, outcome, at } = row;
  if (!isNotificationKind(kind) || !kinds.has(kind)) return null;
  const postId = post && idText(post);
  // Moderators' decisions on one's comments are told of muted discussions too.
  if (isOfDiscussion({ kind, outcome }) && postId !== null && attention.muted.has(postId)) return null;
  const item = { n: BigInt(row.n), kind, postId, commentId: comment && idText(comment), outcome, at };
  if (outcome === ACCEPTED && (comment === null || readableComment(views, comment, Date.now()) === undefined))
    return null;
  if (!TELLS_WORDS.has(kind)) return { ...item, written: null };
  if (comment === null) return null;
  const written = readableComment(views, comment, Date.now());
  if (written === undefined) return null;
  if (written.author !== null && attention.ignored.has(idText(written.author))) return null;
  return { ...item, written };
}
