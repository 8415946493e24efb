import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import { QUEUE_LISTS, type QueueListName } from '../../../libs/words/index.ts';
import { invalidCursor, readOpaque, writeOpaque } from '../cursor.ts';
import { idBytes } from '../ids.ts';

export interface ItemRow {
  readonly comment: Buffer;
  readonly post: Buffer;
  readonly flagged: number;
  readonly rules: string | null;
  readonly policy_version: number | null;
  readonly judged: Buffer | null;
  readonly reasons: string | null;
  readonly held_by: string | null;
  readonly list: number | null;
  readonly score: number;
  readonly since: number;
  /** Decimal. */
  readonly entered: string;
}

export interface ReportRow {
  readonly comment: Buffer;
  readonly member: Buffer;
  readonly reason: string;
  readonly revision: number;
  readonly at: number;
  readonly sealed: Buffer | null;
  readonly outcome: number;
  readonly upheld: number;
  readonly dismissed: number;
}

export interface DecisionRow {
  readonly id: Buffer;
  /** Decimal. */
  readonly position: string;
  readonly comment: Buffer;
  readonly action: string;
  readonly was: string;
  readonly became: string;
  readonly by: string;
  readonly at: number;
  readonly reason: string | null;
  readonly revision: number;
  readonly seen: string;
  readonly bulk: Buffer | null;
  readonly undoes: Buffer | null;
  readonly undone: number;
  readonly sealed: Buffer | null;
}

const ITEM = `
  SELECT comment, post, flagged, rules, policy_version, judged, reasons, held_by, list, score, since,
    CAST(entered AS TEXT) AS entered FROM item`;
const OF_POSTS = 'post IN (SELECT unhex(value) FROM json_each(@posts))';
const AFTER = 'score <= @score AND (score < @score OR item.entered > @entered)';
const itemsWhere = (condition: string) =>
  statement<ItemRow>(`${ITEM} WHERE list = @list AND ${condition} ORDER BY score DESC, item.entered LIMIT @limit`);
const PAGES = {
  all: { first: itemsWhere('TRUE'), next: itemsWhere(AFTER) },
  some: { first: itemsWhere(OF_POSTS), next: itemsWhere(`${AFTER} AND ${OF_POSTS}`) },
};
const itemOf = statement<ItemRow>(`${ITEM} WHERE comment = ?`);
const countsOf = statement<{ list: number; count: number }>(`
  SELECT list, count(*) AS count FROM item WHERE list IS NOT NULL GROUP BY list`);
const countsOfPosts = statement<{ list: number; count: number }>(`
  SELECT list, count(*) AS count FROM item WHERE list IS NOT NULL AND ${OF_POSTS} GROUP BY list`);

const REPORT = `
  SELECT r.comment, r.member, r.reason, r.revision, r.at, r.sealed, r.outcome, p.upheld, p.dismissed
  FROM report r JOIN reporter p ON p.member = r.member`;
const MOST_REPORTS = 200;
const reportsOnComment = statement<ReportRow>(`${REPORT} WHERE r.comment = ? ORDER BY r.n LIMIT ${MOST_REPORTS}`);
const reportsByMember = statement<ReportRow>(`${REPORT} WHERE r.member = ? ORDER BY r.n DESC LIMIT ${MOST_REPORTS}`);
const reportsAboutMember = statement<ReportRow>(`${REPORT} WHERE r.author = ? ORDER BY r.n DESC LIMIT ${MOST_REPORTS}`);
const reporter = statement<{ total: number; upheld: number; dismissed: number }>(`
  SELECT (SELECT count(*) FROM report WHERE report.member = p.member) AS total, upheld, dismissed
  FROM reporter p WHERE p.member = ?`);
const receivedBy = statement<{ received: number }>('SELECT count(*) AS received FROM report WHERE author = ?');

const DECISION = 'SELECT *, CAST(n AS TEXT) AS position FROM decision';
const decisionOf = statement<DecisionRow>(`${DECISION} WHERE id = ?`);
const decisionOnRevision = statement<DecisionRow>(`${DECISION} WHERE comment = ? AND revision = ?`);
const decisionsOnComment = statement<DecisionRow>(`${DECISION} WHERE comment = ? ORDER BY n DESC`);
const newestOnComment = statement<DecisionRow>(`${DECISION} WHERE comment = ? ORDER BY n DESC LIMIT 1`);
const decisionsOfBulk = statement<DecisionRow>(`${DECISION} WHERE bulk = ? ORDER BY n`);

export interface QueueWish {
  readonly list: QueueListName;
  readonly limit: number;
  readonly cursor: string | null;
  /** A site with its posts, as `postsOfSite` gives them; null for all. */
  readonly of: { readonly site: string; readonly posts: string } | null;
}

/** Most urgent first; of equal urgency what waits longest. Throws DomainError `invalid` (cursor). */
export function queuePage(db: Database, wish: QueueWish): { rows: readonly ItemRow[]; next: string | null } {
  const { list, limit, cursor, of } = wish;
  const place = cursor === null ? null : readPlace(cursor, nameOf(wish));
  const page = PAGES[of === null ? 'all' : 'some'][place === null ? 'first' : 'next'];
  const within = { ...place, ...(of === null ? {} : { posts: of.posts }) };
  const rows = page(db).all({ list: QUEUE_LISTS.indexOf(list), ...within, limit: limit + 1 });
  const last = rows[limit - 1];
  return { rows: rows.slice(0, limit), next: rows.length > limit && last ? cursorAfter(last, wish) : null };
}

/** Of all comments, or of those under these posts. */
export function queueCounts(db: Database, posts?: string): Readonly<Record<QueueListName, number>> {
  const counts = { reported: 0, held: 0, rejected: 0 };
  for (const { list, count } of posts === undefined ? countsOf(db).all() : countsOfPosts(db).all({ posts })) {
    const name = QUEUE_LISTS[list];
    if (name !== undefined) counts[name] = count;
  }
  return counts;
}

export function itemRow(db: Database, comment: Buffer): ItemRow | undefined {
  return itemOf(db).get(comment);
}

/** Oldest first, 200 at most. */
export function reportsOn(db: Database, comment: Buffer): readonly ReportRow[] {
  return reportsOnComment(db).all(comment);
}

/** Newest first, 200 at most. */
export function reportsBy(db: Database, member: Buffer): readonly ReportRow[] {
  return reportsByMember(db).all(member);
}

/** On its comments, newest first, 200 at most. */
export function reportsAbout(db: Database, author: Buffer): readonly ReportRow[] {
  return reportsAboutMember(db).all(author);
}

export interface ReportingRecord {
  readonly received: number;
  readonly made: { readonly total: number; readonly upheld: number; readonly dismissed: number };
}

export function reportingRecord(db: Database, member: Buffer): ReportingRecord {
  const made = reporter(db).get(member) ?? { total: 0, upheld: 0, dismissed: 0 };
  return { received: receivedBy(db).get(member)?.received ?? 0, made };
}

export function decisionById(db: Database, decisionId: string): DecisionRow | undefined {
  return decisionOf(db).get(idBytes(decisionId));
}

/** The decision made at a revision; there is at most one, since a decision makes the next revision. */
export function decisionFrom(db: Database, commentId: string, revision: number): DecisionRow | undefined {
  return decisionOnRevision(db).get(idBytes(commentId), revision);
}

/** Newest first. */
export function decisionsOn(db: Database, comment: Buffer): readonly DecisionRow[] {
  return decisionsOnComment(db).all(comment);
}

export function newestDecisionOn(db: Database, comment: Buffer): DecisionRow | undefined {
  return newestOnComment(db).get(comment);
}

/** The decisions of a bulk, in the order in which they were made. */
export function decisionsIn(db: Database, bulkId: string): readonly DecisionRow[] {
  return decisionsOfBulk(db).all(idBytes(bulkId));
}

/** The cursor of the page after this item. */
export function cursorAfter({ score, entered }: ItemRow, wish: Pick<QueueWish, 'list' | 'of'>): string {
  const content = Buffer.alloc(16);
  content.writeBigInt64BE(BigInt(score), 0);
  content.writeBigInt64BE(BigInt(entered), 8);
  return writeOpaque(content, nameOf(wish));
}

/** A cursor counts in its own list alone. */
function nameOf({ list, of }: Pick<QueueWish, 'list' | 'of'>): string {
  return of === null ? list : `${list} ${of.site}`;
}

function readPlace(cursor: string, list: string): { readonly score: bigint; readonly entered: bigint } {
  const content = readOpaque(cursor, list);
  if (content.length !== 16) throw invalidCursor();
  return { score: content.readBigInt64BE(0), entered: content.readBigInt64BE(8) };
}
