import type { Database } from 'better-sqlite3';
import type { CommentSort } from '../../../libs/words/index.ts';
import type { ThreadCursor } from './thread.cursor.ts';
import { type PostRow, type Scope, scoped } from './thread.reads.ts';
import { C_PATH, PATH, STEP } from './thread.schema.ts';

/** A top-level comment, by which pages are cut. */
export interface Root {
  readonly path: Buffer;
  readonly score: number;
}

/** The top-level comments on one side of a place of the order, the nearest first. */
interface Place extends Root {
  readonly post: number;
  readonly limit: number;
}
type Find = (db: Database, scope: Scope, place: Place & Readonly<Record<string, unknown>>) => readonly Root[];

/** Top-level comments in the order of the tree, each found by a step over the branch of the one before. */
const stepping = (shown: string, next: (after: string) => string): string => `
  WITH RECURSIVE root (path) AS (
    SELECT (${next('@path')}) UNION ALL SELECT (${next('root.path')}) FROM root WHERE root.path IS NOT NULL)
  SELECT root.path, 0 AS score FROM root CROSS JOIN comment c ON c.post = @post AND ${C_PATH} = root.path
  WHERE ${shown} LIMIT @limit`;
const later = (shown: string): string =>
  stepping(shown, (after) => {
    const branch = `CAST(${after} || x'ff' AS BLOB)`;
    return `SELECT min(${PATH}) FROM comment WHERE post = @post AND ${PATH} > ${branch}`;
  });
const earlier = (shown: string): string =>
  stepping(
    shown,
    (before) => `SELECT substr(max(${PATH}), 1, ${STEP}) FROM comment WHERE post = @post AND ${PATH} < ${before}`,
  );

/** A part of the order of `best`, and where it begins on its way. */
interface Part {
  readonly has: (score: number) => boolean;
  readonly start: Root;
  readonly find: Find;
}

/** Of the parts from that of the place on, as many as fill the page. */
function through(parts: readonly Part[]): Find {
  return (db, scope, place) => {
    const first = parts.findIndex(({ has }) => has(place.score));
    const roots: Root[] = [];
    for (const [at, { find, start }] of parts.slice(first).entries()) {
      if (roots.length < place.limit) {
        const from = at === 0 ? place : { ...place, ...start };
        roots.push(...find(db, scope, { ...from, limit: place.limit - roots.length }));
      }
    }
    return roots;
  };
}

/** Those of a score above or below 0, by their index: of the place's score, and of others; each ends where there are enough. */
function scoredOf(sign: string, { score, path, order }: Readonly<Record<'score' | 'path' | 'order', string>>): Find {
  const part = (
    shown: string,
    behind: string,
  ): string => `SELECT * FROM (SELECT ${C_PATH} AS path, c.score FROM comment c
    WHERE c.post = @post AND c.depth = 0 AND c.score <> 0 AND c.score ${sign} 0 AND ${behind} AND ${shown}
    ORDER BY ${order} LIMIT @limit)`;
  return scoped<Root>(
    (
      shown,
    ) => `${part(shown, `c.score = @score AND ${C_PATH} ${path} @path`)} UNION ALL ${part(shown, `c.score ${score} @score`)}
      ORDER BY ${order.replaceAll(C_PATH, 'path').replaceAll('c.', '')} LIMIT @limit`,
  );
}

const FIRST = Buffer.of(0);
const LAST = Buffer.of(0xff);
const MOST = 2 ** 31 - 1;
const LEAST = -(2 ** 31);
const isLiked = (score: number): boolean => score > 0;
const isDisliked = (score: number): boolean => score < 0;
const isPlain = (score: number): boolean => score === 0;
const plain = (steps: (shown: string) => string): Find => scoped<Root>((shown) => steps(`c.score = 0 AND ${shown}`));

const falling = { score: '<', path: '>', order: `c.score DESC, ${C_PATH}` };
const rising = { score: '>', path: '<', order: `c.score, ${C_PATH} DESC` };

/** Most comments have no score: they stand as in the tree, between the others. */
const best = through([
  { has: isLiked, start: { score: MOST, path: FIRST }, find: scoredOf('>', falling) },
  { has: isPlain, start: { score: 0, path: FIRST }, find: plain(later) },
  { has: isDisliked, start: { score: 0, path: FIRST }, find: scoredOf('<', falling) },
]);
const worst = through([
  { has: isDisliked, start: { score: LEAST, path: LAST }, find: scoredOf('<', rising) },
  { has: isPlain, start: { score: 0, path: LAST }, find: plain(earlier) },
  { has: isLiked, start: { score: 0, path: LAST }, find: scoredOf('>', rising) },
]);

const AFTER: Readonly<Record<CommentSort, Find>> = { oldest: scoped(later), newest: scoped(earlier), best };
const BEFORE: Readonly<Record<CommentSort, Find>> = { oldest: scoped(earlier), newest: scoped(later), best: worst };

/** Before the first top-level comment. */
export const START: Readonly<Record<CommentSort, ThreadCursor>> = {
  oldest: { root: FIRST, score: 0, inside: null },
  newest: { root: LAST, score: 0, inside: null },
  best: { root: FIRST, score: MOST, inside: null },
};

/** Behind the last top-level comment, so that the page before it is the last one. */
export const END: Readonly<Record<CommentSort, ThreadCursor>> = {
  oldest: { root: Buffer.alloc(STEP, 0xff), score: 0, inside: null, isBefore: true },
  newest: { root: Buffer.alloc(STEP), score: 0, inside: null, isBefore: true },
  best: { root: Buffer.alloc(STEP, 0xff), score: LEAST, inside: null, isBefore: true },
};

interface Thread {
  readonly post: PostRow;
  readonly scope: Scope;
}

/** The top-level comments after a place of the order, or from its beginning without a place. */
export function rootsAfter(
  db: Database,
  { post, scope }: Thread,
  { sort, place, limit }: { readonly sort: CommentSort; readonly place: ThreadCursor | null; readonly limit: number },
): readonly Root[] {
  const { root: path, score } = place ?? START[sort];
  return AFTER[sort](db, scope, { post: post.n, path, score, limit });
}

/** The top-level comments before a place, the nearest first. */
export function rootsBefore(
  db: Database,
  { post, scope }: Thread,
  { sort, place, limit }: { readonly sort: CommentSort; readonly place: ThreadCursor; readonly limit: number },
): readonly Root[] {
  return BEFORE[sort](db, scope, { post: post.n, path: place.root, score: place.score, limit });
}

/** The cursor of a page that begins with this top-level comment; null when it is the first. */
export function cursorBefore(
  db: Database,
  thread: Thread,
  { sort, root }: { readonly sort: CommentSort; readonly root: Root },
): ThreadCursor | null {
  const place = { root: root.path, score: root.score, inside: null };
  const [previous] = rootsBefore(db, thread, { sort, place, limit: 1 });
  return previous ? { root: previous.path, score: sort === 'best' ? previous.score : 0, inside: null } : null;
}
