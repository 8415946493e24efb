import type Database from 'better-sqlite3';
import { STREAM_CODES } from './codes.ts';

/** `names.kind`: a type of events; a form of stream names; the names of the fields of an event's data. */
export const NAME_KIND = { type: 1, stream: 2, fields: 3 } as const;

type NameKind = keyof typeof NAME_KIND;

/** Codes from 0 below this one, so that a stream's code is one byte and no log's table grows without end. */
const MOST_CODES: Readonly<Record<NameKind, number>> = { type: 4_096, stream: STREAM_CODES, fields: 4_096 };
const LONGEST = 1_000;
/** More fields make names that no second event has. */
const MOST_FIELDS = 64;

export const NAMES_TABLE = `CREATE TABLE names (
      kind INTEGER NOT NULL,
      code INTEGER NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (kind, code)
    ) STRICT, WITHOUT ROWID`;

interface NameRow {
  readonly kind: number;
  readonly code: number;
  readonly text: string;
}

interface FieldList {
  readonly fields: readonly string[];
  readonly code: number;
}

interface Known {
  readonly codes: Map<string, number>;
  readonly texts: Map<number, string>;
}

/**
 * The texts that stand in every row of a kind, and the numbers that stand for them in this file. They are only added to,
 * in the transaction of the first row that needs them, so a kept one is never wrong.
 */
export class LogNames {
  readonly #all: Database.Statement<[], NameRow>;
  readonly #insert: Database.Statement<[number, number, string]> | null;
  #known = emptyNames();
  /** The last lists of fields by their first name and their number, which tells the forum's types from each other. */
  readonly #lists = new Map<string, FieldList>();

  /** `adds`: the connection is the writer's. */
  constructor(db: Database.Database, adds: boolean) {
    this.#all = db.prepare<[], NameRow>('SELECT kind, code, text FROM names');
    this.#insert = adds ? db.prepare('INSERT INTO names (kind, code, text) VALUES (?, ?, ?)') : null;
    this.reload();
  }

  /** Undefined when no event has used the text, or when there was no room for it. Throws SQLite's error. */
  codeOf(kind: NameKind, text: string): number | undefined {
    const known = this.#known[kind].codes.get(text);
    if (known !== undefined) return known;
    if (text.length > LONGEST || this.#known[kind].codes.size >= MOST_CODES[kind]) return undefined;
    this.reload();
    return this.#known[kind].codes.get(text);
  }

  /** The same, for a text that is to be stored in the transaction under way. Throws SQLite's error. */
  learn(kind: NameKind, text: string): number | undefined {
    const known = this.#known[kind].codes.get(text);
    if (known !== undefined || text.length > LONGEST || this.#insert === null) return known;
    const standing = this.codeOf(kind, text);
    const code = this.#known[kind].codes.size;
    if (standing !== undefined || code >= MOST_CODES[kind]) return standing;
    this.#insert.run(NAME_KIND[kind], code, text);
    this.#keep(kind, code, text);
    return code;
  }

  /**
   * The same, for the names of an event's fields; a list like the last of its kind is found name by name, without its
   * text. A field `__proto__` could not be set again; it is no field of the forum's.
   */
  learnFields(fields: readonly string[]): number | undefined {
    const kind = `${fields.length}${fields[0]}`;
    const last = this.#lists.get(kind);
    if (last !== undefined && isSame(last.fields, fields)) return last.code;
    if (fields.length > MOST_FIELDS || fields.includes('__proto__')) return undefined;
    const code = this.learn('fields', JSON.stringify(fields));
    if (code !== undefined) this.#lists.set(kind, { fields, code });
    return code;
  }

  /** Throws RangeError for a code that the log does not explain. */
  textOf(kind: NameKind, code: number): string {
    const known = this.#known[kind].texts.get(code);
    if (known !== undefined) return known;
    this.reload();
    const text = this.#known[kind].texts.get(code);
    if (text === undefined) throw new RangeError(`the log does not explain its ${kind} number ${code}`);
    return text;
  }

  /** All of a kind that are stored now. Throws SQLite's error. */
  all(kind: NameKind): readonly { readonly code: number; readonly text: string }[] {
    this.reload();
    return [...this.#known[kind].texts].map(([code, text]) => ({ code, text }));
  }

  /** Reads all of them again: after a rollback, and when another process may have added some. */
  reload(): void {
    this.#known = emptyNames();
    this.#lists.clear();

    for (const { kind, code, text } of this.#all.all()) {
      const word = WORDS.get(kind);
      if (word !== undefined) this.#keep(word, code, text);
    }
  }

  #keep(kind: NameKind, code: number, text: string): void {
    this.#known[kind].codes.set(text, code);
    this.#known[kind].texts.set(code, text);
  }
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name, place) => name === others[place]);
}

const WORDS: ReadonlyMap<number, NameKind> = new Map([
  [NAME_KIND.type, 'type'],
  [NAME_KIND.stream, 'stream'],
  [NAME_KIND.fields, 'fields'],
]);

function emptyNames(): Readonly<Record<NameKind, Known>> {
  const empty = (): Known => ({ codes: new Map(), texts: new Map() });
  return { type: empty(), stream: empty(), fields: empty() };
}
