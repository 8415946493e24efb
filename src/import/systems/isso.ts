import { open, stat } from 'node:fs/promises';
import Database from 'better-sqlite3';
import type { ReaderTask, ToldPiece } from '../pages/told.ts';
import { SourceError } from '../source/source.ts';
import type { Fate } from '../source/source-comment.ts';
import { momentOf } from './moments.ts';
import { siteName } from './site-name.ts';

const START = { line: 1, column: 1 };
const HEAD = 'SQLite format 3\u0000';

interface IssoRow {
  readonly uri: string | null;
  readonly title: string | null;
  readonly id: number;
  readonly answers: number | null;
  readonly created: number;
  readonly mode: number;
  readonly text: string;
  readonly author: string | null;
  readonly email: string | null;
  readonly website: string | null;
  readonly votes: number;
}

const COMMENTS = `
  SELECT uri, title, comments.id, parent AS answers, created, mode, text, author, email, website, likes + dislikes AS votes
  FROM comments LEFT JOIN threads ON threads.id = tid ORDER BY comments.id`;

/** The SQLite database of Isso, which is only read. */
export async function* readIsso(task: ReaderTask): AsyncGenerator<ToldPiece> {
  const { file, onBytes } = task;
  await requireSqlite(file);
  let db: Database.Database | null = null;
  try {
    // A database that was cut fails at the first question, or while its rows are read.
    db = opened(file);
    yield { kind: 'site', site: siteName(task, 'isso') };
    const rows = db.prepare<[], IssoRow>(COMMENTS);
    for (const row of rows.iterate()) yield* told(row);
    onBytes((await stat(file)).size);
  } catch (error) {
    if (error instanceof Database.SqliteError)
      throw new SourceError(`the database cannot be read on: ${error.message}`, START);
    throw error;
  } finally {
    db?.close();
  }
}

async function requireSqlite(file: string): Promise<void> {
  const handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(HEAD.length), 0, HEAD.length, 0).finally(() => handle.close());
  if (buffer.toString('latin1') !== HEAD) throw new SourceError('this is no database of Isso (SQLite)', START);
}

function opened(file: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const tables = db.prepare<[], number>(
      "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('threads', 'comments')",
    );
    if (tables.pluck().get() === 2) return db;
    throw new SourceError('this is no database of Isso: it has no threads and comments', START);
  } catch (error) {
    db.close();
    throw error;
  }
}

function* told(row: IssoRow): Iterable<ToldPiece> {
  const { uri, title, id, answers, created, text, votes } = row;
  const place = { line: id, column: 1 };
  const key = uri ?? '';
  if (uri !== null)
    yield { kind: 'page', page: { place, key, addresses: [uri], title: title ?? '', at: null, closed: false } };
  const author = { name: row.author ?? '', email: row.email ?? '', url: row.website ?? '' };
  const comment = {
    place,
    id: String(id),
    answers: answers === null ? null : String(answers),
    fate: fateOf(row),
    author,
    at: momentOf(created * 1_000),
    text,
    form: 'markdown' as const,
    said: [text, author.name, String(created)],
  };
  yield { kind: 'comment', page: key, comment };
  if (votes > 0) yield { kind: 'votes', count: votes };
}

/** 1 is public, 2 waits, 4 was deleted and keeps its place. */
function fateOf({ mode }: IssoRow): Fate {
  if (mode === 4) return { kind: 'skipped', why: 'deleted' };
  if (mode === 1 || mode === 2) return { kind: 'brought', held: mode === 2 };
  return { kind: 'skipped', why: `of mode ${mode}` };
}
