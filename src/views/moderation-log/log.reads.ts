import type { Database, Statement } from 'better-sqlite3';
import { DomainError, isUuid } from '../../../libs/kernel/index.ts';
import { statement } from '../../../libs/projections/index.ts';
import { readNumberCursor, writeNumberCursor } from '../cursor.ts';
import { idBytes } from '../ids.ts';
import type { LogFilter } from './log.query-types.ts';
import { ENTRY_COLUMNS, type EntryRow } from './log.schema.ts';

/** A filter with the ids of the member's comments, since an entry about a comment concerns its author. */
export interface LogSearch extends LogFilter {
  /** The ids, as `writtenBy` gives them. */
  readonly written?: string;
  /** The ids of the site's posts, as `postsOfSite` gives them. */
  readonly posts?: string;
}

/** The entries that a stream reads from the file at once. */
const STREAM_PAGE = 500;

const queries = new Map<string, (db: Database) => Statement<unknown[], EntryRow>>();

/** Prepares the same SQL once, however often it is used. */
function prepared(where: readonly string[], order: 'ASC' | 'DESC'): (db: Database) => Statement<unknown[], EntryRow> {
  const condition = where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`;
  const sql = `SELECT ${ENTRY_COLUMNS} FROM entry ${condition} ORDER BY entry.n ${order} LIMIT @limit`;
  const known = queries.get(sql) ?? statement<EntryRow>(sql);
  queries.set(sql, known);
  return known;
}

interface Condition {
  readonly where: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

function conditionOf(filter: LogSearch): Condition {
  const { actor, member, written = '[]', posts, kind, commentId, postId, cause, from, to } = filter;
  const where: string[] = [];
  const values: Record<string, unknown> = {};
  const add = (name: string, sql: string, value: unknown): void => {
    where.push(sql);
    values[name] = value;
  };
  if (actor === 'policy') add('kind', 'kind = @kind', 'policy-verdict');
  else if (actor !== undefined) add('actor', 'actor = @actor', idOf(actor, 'actor'));
  if (member !== undefined) {
    add(
      'about',
      '(about = @about OR comment IN (SELECT unhex(value) FROM json_each(@written)))',
      idOf(member, 'member'),
    );
    values['written'] = written;
  }
  if (kind !== undefined) add('kind', 'kind = @kind', kind);
  if (commentId !== undefined) add('comment', 'comment = @comment', idOf(commentId, 'commentId'));
  if (postId !== undefined) add('post', 'post = @post', idOf(postId, 'postId'));
  if (posts !== undefined) add('posts', 'post IN (SELECT unhex(value) FROM json_each(@posts))', posts);
  if (cause !== undefined) add('cause', 'correlation = @cause', cause);
  if (from !== undefined) add('from', 'at >= @from', timeOf(from, 'from'));
  if (to !== undefined) add('to', 'at < @to', timeOf(to, 'to'));
  return { where, values };
}

/** A page, newest first. Throws DomainError `invalid`. */
export function logPage(
  db: Database,
  { written, posts, ...filter }: LogSearch,
  { limit, cursor }: { readonly limit: number; readonly cursor: string | null },
): { readonly rows: readonly EntryRow[]; readonly next: string | null } {
  const { where, values } = conditionOf({
    ...filter,
    ...(written !== undefined && { written }),
    ...(posts !== undefined && { posts }),
  });
  const list = JSON.stringify(filter);
  const before = cursor === null ? [] : ['entry.n < @before'];
  const place = cursor === null ? {} : { before: readNumberCursor(cursor, list) };
  const rows = prepared([...where, ...before], 'DESC')(db).all({ ...values, ...place, limit: limit + 1 });
  const last = rows[limit - 1];
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last ? writeNumberCursor(BigInt(last.n), list) : null,
  };
}

/** The entries of one post before a position, newest first. */
export function entriesOfPost(
  db: Database,
  postId: string,
  { before, limit }: { readonly before: bigint; readonly limit: number },
): readonly EntryRow[] {
  const { where, values } = conditionOf({ postId });
  return prepared([...where, 'entry.n < @before'], 'DESC')(db).all({ ...values, before, limit });
}

/** All entries, oldest first. Each page is read by itself, so that nothing stays locked between pages. */
export function* logStream(db: () => Database, filter: LogSearch): Generator<readonly EntryRow[]> {
  const { where, values } = conditionOf(filter);
  let after = 0n;
  for (;;) {
    const query = prepared([...where, 'entry.n > @after'], 'ASC');
    const rows = query(db()).all({ ...values, after, limit: STREAM_PAGE });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < STREAM_PAGE) return;
    after = BigInt(last.n);
  }
}

/** Milliseconds since 1970 of a day or a moment. */
export function timeOf(text: string, field: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw wrong(field, 'must be a day or a moment that exists');
  return time;
}

function idOf(text: string, field: string): Buffer {
  if (isUuid(text)) return idBytes(text);
  throw wrong(field, 'must be the id of a member');
}

function wrong(field: string, message: string): DomainError {
  return new DomainError('invalid', `${field} ${message}.`, [{ field, message }]);
}
