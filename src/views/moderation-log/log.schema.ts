import type { LogEntry } from '../../../libs/client/index.ts';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { isUuid } from '../../../libs/kernel/index.ts';
import { LOG_KINDS, type LogKind } from '../../../libs/words/index.ts';
import { idBytes, idText } from '../ids.ts';
import { moment } from '../moment.ts';
import { type OpenedText, readability } from '../sealed-text.ts';

/** The line that the fold makes of an event; ids as text. */
export interface Line {
  readonly kind: LogKind;
  readonly action: string;
  readonly reason?: string | null;
  readonly member?: string | null;
  readonly comment?: string | null;
  readonly post?: string | null;
  readonly decision?: string | null;
  readonly waited?: number | null;
}

interface Column {
  /** How SQLite declares it. */
  readonly sql: string;
  readonly of: (event: RecordedEvent, line: Line) => unknown;
}

/**
 * The columns of an entry. A further one stands here, is told by `logEntryOf`, and raises the view's version.
 * `n` is the event's position; `actor` is null for the policy, `about` the member concerned. `stream` and `type` open what
 * is sealed. `waited`: milliseconds from coming before a moderator to the decision, null where nothing waited.
 */
const COLUMNS = {
  n: { sql: 'INTEGER PRIMARY KEY', of: ({ position }) => position },
  at: { sql: 'INTEGER NOT NULL', of: ({ occurredAt }) => Date.parse(occurredAt) },
  kind: { sql: 'TEXT NOT NULL', of: (_, { kind }) => kind },
  actor: { sql: 'BLOB', of: ({ actor }, { kind }) => (kind === 'policy-verdict' ? null : bytesOrNull(actor)) },
  about: { sql: 'BLOB', of: (_, { member }) => bytesOrNull(member) },
  comment: { sql: 'BLOB', of: (_, { comment }) => bytesOrNull(comment) },
  post: { sql: 'BLOB', of: (_, { post }) => bytesOrNull(post) },
  decision: { sql: 'BLOB', of: (_, { decision }) => bytesOrNull(decision) },
  action: { sql: 'TEXT NOT NULL', of: (_, { action }) => action },
  reason: { sql: 'TEXT', of: (_, { reason = null }) => reason },
  undone: { sql: 'INTEGER NOT NULL DEFAULT 0', of: () => 0 },
  correlation: { sql: 'TEXT NOT NULL', of: ({ correlationId }) => correlationId },
  stream: { sql: 'TEXT NOT NULL', of: ({ stream }) => stream },
  type: { sql: 'TEXT NOT NULL', of: ({ type }) => type },
  sealed: { sql: 'BLOB', of: ({ sealed }) => sealed },
  waited: { sql: 'INTEGER', of: (_, { waited = null }) => waited },
} satisfies Readonly<Record<string, Column>>;

type Columns = typeof COLUMNS;
const NAMES = Object.keys(COLUMNS);
const VALUES = Object.values(COLUMNS);

/** A row as SQLite gives it back; the position in decimal. */
export type EntryRow = { readonly n: string; readonly sealed: Buffer | null } & {
  readonly [Name in Exclude<keyof Columns, 'n' | 'sealed'>]: ReturnType<Columns[Name]['of']>;
};

export const ENTRY_COLUMNS = NAMES.map((name) => (name === 'n' ? 'CAST(n AS TEXT) AS n' : name)).join(', ');
export const INSERT_ENTRY = `INSERT INTO entry (${NAMES.join(', ')}) VALUES (${NAMES.map(() => '?').join(', ')})`;

/** In the order of INSERT_ENTRY. */
export function valuesOf(event: RecordedEvent, line: Line): readonly unknown[] {
  return VALUES.map(({ of }) => of(event, line));
}

/** `waiting` remembers since when a comment waits, `undoing` what each undoing has undone. */
export const LOG_TABLES = {
  schema: `
    CREATE TABLE entry (
      ${Object.entries(COLUMNS)
        .map(([name, { sql }]) => `${name} ${sql}`)
        .join(', ')}
    );
    CREATE INDEX entry_decision ON entry (decision) WHERE decision IS NOT NULL;
    CREATE TABLE undoing (by BLOB PRIMARY KEY, what BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE waiting (comment BLOB PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;
  `,
  indexes: `
    CREATE INDEX IF NOT EXISTS entry_at ON entry (at, n);
    CREATE INDEX IF NOT EXISTS entry_actor ON entry (actor, n) WHERE actor IS NOT NULL;
    CREATE INDEX IF NOT EXISTS entry_about ON entry (about, n) WHERE about IS NOT NULL;
    CREATE INDEX IF NOT EXISTS entry_kind ON entry (kind, n);
    CREATE INDEX IF NOT EXISTS entry_comment ON entry (comment, n) WHERE comment IS NOT NULL;
    CREATE INDEX IF NOT EXISTS entry_post ON entry (post, n) WHERE post IS NOT NULL;
    CREATE INDEX IF NOT EXISTS entry_correlation ON entry (correlation, n);
  `,
};

/** An entry as it is told, with its people and its words, which lie elsewhere. */
export function logEntryOf(
  row: EntryRow,
  { actor, member, words }: Pick<LogEntry, 'actor' | 'member'> & { readonly words: OpenedText },
): LogEntry {
  const kind = logKindOf(row.kind);
  return {
    position: row.n,
    at: moment(row.at),
    kind,
    actor,
    byPolicy: kind === 'policy-verdict',
    member,
    commentId: row.comment && idText(row.comment),
    postId: row.post && idText(row.post),
    decisionId: row.decision && idText(row.decision),
    action: row.action,
    reason: row.reason,
    note: words.text,
    ...readability(words),
    undone: row.undone === 1,
    correlationId: row.correlation,
  };
}

/** Throws RangeError for a word that no entry has. */
export function logKindOf(word: string): LogKind {
  const kind = LOG_KINDS.find((known) => known === word);
  if (kind === undefined) throw new RangeError(`${word} is no kind of entry`);
  return kind;
}

function bytesOrNull(id: string | null | undefined): Buffer | null {
  return isUuid(id) ? idBytes(id) : null;
}
