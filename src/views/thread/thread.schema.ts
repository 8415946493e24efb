import {
  COMMENT_STATUSES,
  type CommentStatus,
  REACTION_KINDS,
  THREAD_CHANGE_KINDS,
} from '../../../libs/words/index.ts';
import { LAST_TIME, PLACE_BYTES, SINCE_YEAR_0, writePlace, writeTime } from './six-bytes.ts';

/** `comment.status` is a status as its place in COMMENT_STATUSES. */
export const STATUS: Readonly<Record<CommentStatus, number>> = {
  visible: COMMENT_STATUSES.indexOf('visible'),
  held: COMMENT_STATUSES.indexOf('held'),
  rejected: COMMENT_STATUSES.indexOf('rejected'),
  removed: COMMENT_STATUSES.indexOf('removed'),
  erased: COMMENT_STATUSES.indexOf('erased'),
};

/** Whether a comment of this status waits for moderators. */
export function isWaitingStatus(status: number | undefined): boolean {
  return status === STATUS.held || status === STATUS.rejected;
}

/**
 * `thread_change.kind` is a place in this list. `reload`: whole branches were hidden or shown, so the thread must be
 * read anew.
 */
export const CHANGES = [...THREAD_CHANGE_KINDS, 'reload'] as const;
export const CHANGE = {
  posted: CHANGES.indexOf('comment-posted'),
  edited: CHANGES.indexOf('comment-edited'),
  held: CHANGES.indexOf('comment-held'),
  removed: CHANGES.indexOf('comment-removed'),
  restored: CHANGES.indexOf('comment-restored'),
  reaction: CHANGES.indexOf('reaction-changed'),
  discussion: CHANGES.indexOf('discussion-changed'),
  reload: CHANGES.indexOf('reload'),
} as const;

/** The changes of one thread that are kept: more than a returning reader is told before it must read anew. */
export const KEPT_CHANGES = 1_024;

/** The bytes of one step of a path. */
export const STEP = 2 * PLACE_BYTES;

/** A comment's path, made of its row; read from the index where a query is written with these very words. `of` is `c.` for a table named so. */
function pathIn(of: string): string {
  const time = `min(max(${of}created_at + ${SINCE_YEAR_0}, 0), ${LAST_TIME})`;
  return `CAST(${of}above || unhex(printf('%012x%012x', ${time}, ${of}n)) AS BLOB)`;
}
export const PATH = pathIn('');
export const C_PATH = pathIn('c.');

/**
 * `author` numbers all who wrote. `comment.n` is the position of its CommentPosted; `path` is one step of STEP
 * bytes (time, n) for each comment from the top down to this one: in its order, a thread reads depth-first, answers
 * oldest first, and a branch is one range. A row has the path `above` its own step, and the index the whole path. `position` is that of the last event about
 * the comment, null while there was none after its posting. A comment is `hidden` from readers while it is held or rejected; `shadow`
 * counts the hidden ones among itself and those above, so that readers see what has none. `score` is what top-level comments
 * are ordered `best` by; of answers it is 0. Most have none, so those alone that have one are in the index of it.
 *
 * `sealed` and `byline` are the text and the first one of an author without an account, as a `KeptSeal`: the bytes only where the log is not at hand.
 * `language` is what the log says of the text's language, null where it says nothing.
 *
 * A post may ask something (`asks`): `accepted` is the comment that was accepted as the answer, whether readers see it now or not.
 * `featured` names those that editors featured. Of a post, `shown` counts what readers see, places of removed comments included, `visible` what is there to read.
 * `changes` counts the changes besides new comments that the thread has ever told of: the newest KEPT_CHANGES are kept, which is more than
 * anybody is told at once. New comments are told from the steps.
 * `tally` has a row for each comment that was answered (`replies`: visible direct answers) or reacted to. `held` finds
 * the held and rejected comments that their authors see; `reaction` whose each one is, its kind as its place in REACTION_KINDS.
 * `text_step` has a row for each edit of a comment and each decision on it: who may read its former texts follows from them (public-texts.ts).
 * `unseen_text` names the comments whose present text no reader ever saw, having been written while the comment was hidden.
 * `thread_step` has all that ever befell each thread, packed by ThreadSteps, its number made of the post's and the row's place: what its past is folded from.
 */
export const THREAD_SCHEMA = `
  CREATE TABLE post (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, publish_at INTEGER, withdrawn INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'open', slow_mode INTEGER NOT NULL DEFAULT 0, pinned BLOB,
    comments INTEGER NOT NULL DEFAULT 0, shown INTEGER NOT NULL DEFAULT 0, visible INTEGER NOT NULL DEFAULT 0,
    changes INTEGER NOT NULL DEFAULT 0, asks INTEGER NOT NULL DEFAULT 0, accepted BLOB
  );
  CREATE TABLE author (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, comments INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE comment (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL, post INTEGER NOT NULL, parent INTEGER, depth INTEGER NOT NULL,
    above BLOB NOT NULL, author INTEGER,
    status INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0, shadow INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL, edited_at INTEGER, revision INTEGER NOT NULL, position INTEGER,
    score INTEGER NOT NULL DEFAULT 0, sealed BLOB, byline BLOB, language TEXT
  );
  CREATE TABLE tally (
    n INTEGER PRIMARY KEY, replies INTEGER NOT NULL,
    ${REACTION_KINDS.map((kind) => `r_${kind} INTEGER NOT NULL`).join(', ')}
  );
  CREATE TABLE held (author INTEGER, post INTEGER, n INTEGER, PRIMARY KEY (author, post, n)) WITHOUT ROWID;
  CREATE TABLE reaction (
    member BLOB, post INTEGER, comment INTEGER, kind INTEGER, PRIMARY KEY (member, post, comment, kind)
  ) WITHOUT ROWID;
  CREATE TABLE thread_change (
    post INTEGER NOT NULL, position INTEGER NOT NULL, kind INTEGER NOT NULL, comment INTEGER, at INTEGER NOT NULL,
    PRIMARY KEY (post, position)
  ) WITHOUT ROWID;
  CREATE TABLE text_step (
    post INTEGER NOT NULL, comment INTEGER NOT NULL, position INTEGER NOT NULL, code INTEGER NOT NULL,
    PRIMARY KEY (post, comment, position)
  ) WITHOUT ROWID;
  CREATE TABLE unseen_text (post INTEGER, comment INTEGER, PRIMARY KEY (post, comment)) WITHOUT ROWID;
  CREATE TABLE featured (post INTEGER, comment INTEGER, PRIMARY KEY (post, comment)) WITHOUT ROWID;
  CREATE TABLE thread_step (n INTEGER PRIMARY KEY, steps BLOB NOT NULL, codes BLOB NOT NULL);
`;

export const THREAD_INDEXES = `
  CREATE UNIQUE INDEX IF NOT EXISTS comment_id ON comment (id);
  CREATE INDEX IF NOT EXISTS comment_tree ON comment (post, ${PATH}, shadow, status);
  DROP INDEX IF EXISTS comment_author;
  CREATE INDEX IF NOT EXISTS comment_said ON comment (author, created_at, status) WHERE author IS NOT NULL;
  CREATE INDEX IF NOT EXISTS comment_scored ON comment (post, score DESC, ${PATH}, shadow) WHERE depth = 0 AND score <> 0;
  CREATE INDEX IF NOT EXISTS comment_shadow ON comment (post) WHERE shadow > 0;
`;

export const THREAD_DIGEST = [
  'SELECT * FROM post ORDER BY n',
  'SELECT * FROM author ORDER BY n',
  'SELECT * FROM comment ORDER BY n',
  'SELECT * FROM tally ORDER BY n',
  'SELECT * FROM held ORDER BY author, post, n',
  'SELECT * FROM reaction ORDER BY member, post, comment, kind',
  'SELECT * FROM thread_change ORDER BY post, position',
  'SELECT * FROM text_step ORDER BY post, comment, position',
  'SELECT * FROM unseen_text ORDER BY post, comment',
  'SELECT * FROM featured ORDER BY post, comment',
  'SELECT * FROM thread_step ORDER BY n',
];

/** One step of a path: its time and `n`, as the column `path` is made of them. */
export function pathStep(at: number, n: bigint): Buffer {
  const step = Buffer.allocUnsafe(STEP);
  writeStep(new DataView(step.buffer, step.byteOffset, STEP), 0, { at, n });
  return step;
}

export function writeStep(to: DataView, offset: number, { at, n }: { readonly at: number; readonly n: bigint }): void {
  writeTime(to, offset, at);
  writePlace(to, offset + PLACE_BYTES, Number(n));
}

/** The number of the comment whose step this is. */
export function numberIn(step: Buffer): bigint {
  return BigInt(step.readUIntBE(PLACE_BYTES, PLACE_BYTES));
}

/** The path of the top-level comment of a path. */
export function rootOf(path: Buffer): Buffer {
  return path.subarray(0, STEP);
}

/** The first byte string after everything below this path: no step begins with 0xff. */
export function afterBranch(path: Buffer): Buffer {
  return Buffer.concat([path, Buffer.of(0xff)]);
}

/** Whether the comment with this path stands above the other one. */
export function isPathAbove(above: Buffer, path: Buffer): boolean {
  return above.length < path.length && above.equals(path.subarray(0, above.length));
}

/** Paths of the comments above, from the top down, in hexadecimal. */
export function pathsAbove(path: Buffer): readonly string[] {
  const steps = path.length / STEP - 1;
  return Array.from({ length: steps }, (_, step) => path.subarray(0, (step + 1) * STEP).toString('hex'));
}
