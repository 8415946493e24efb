import { basename } from 'node:path';
import { ProofError } from '../proof-error.ts';

/** The subject that the receipt should have, according to its checker. */
export interface DueSubject {
  /** Of a comment. */
  readonly about?: string | undefined;
  /** Of an event. */
  readonly event?: string | undefined;
}

/** The event of a receipt, and its comment. */
export interface Subject {
  /** Of the comment; null when the event is no comment's, or the receipt has its hash alone. */
  readonly comment: string | null;
  /** Of the event; null when the receipt has its hash alone. */
  readonly event: string | null;
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const STREAM = new RegExp(`^comment-(${UUID})$`);
/** A browser that already has the name appends ` (1)` to it. */
const NAME = new RegExp(`^comment-(${UUID})(?![0-9a-z-]).*\\.tlog-proof$`, 'i');
const ID = new RegExp(`^(?:comment-)?(${UUID})$`, 'i');

/** The ids that somebody gave, with or without `comment-` before them. Throws ProofError for what is none. */
export function dueSubject({ about, event }: DueSubject): DueSubject {
  return { about: idIn(about, 'about'), event: idIn(event, 'event') };
}

function idIn(given: string | undefined, flag: string): string | undefined {
  if (given === undefined) return undefined;
  const [, id] = ID.exec(given.trim()) ?? [];
  if (id === undefined) throw new ProofError(`--${flag} ${given}: this is no id.`);
  return id.toLowerCase();
}

/** Of an event's line. */
export function subjectOf(line: string | null): Subject {
  if (line === null) return { comment: null, event: null };
  const event: unknown = JSON.parse(line);
  const [stream, id] = [textIn(event, 'stream'), textIn(event, 'id')];
  return { comment: STREAM.exec(stream ?? '')?.[1] ?? null, event: id };
}

/** The reason why the receipt has another subject, by the file's name too; null when it fits. */
export function otherSubject(file: string, found: Subject, due: DueSubject): string | null {
  const named = NAME.exec(basename(file))?.[1]?.toLowerCase();
  if (due.about !== undefined && found.comment !== due.about) return otherThan(found, `comment ${due.about}`);
  if (due.event !== undefined && found.event !== due.event) return otherThan(found, `event ${due.event}`);
  if (named === undefined || found.event === null || found.comment === named) return null;
  return `the receipt is about another comment than the file's name says: it is about ${subjectWords(found)}, and the name says comment ${named}`;
}

function otherThan(found: Subject, due: string): string {
  if (found.event === null)
    return `the receipt has the hash of its event alone, and does not show that it is about ${due}`;
  return `the receipt is not about ${due}: it is about ${subjectWords(found)}`;
}

/** `comment 6c5f… (event 0f3a…)`. */
export function subjectWords({ comment, event }: Subject): string {
  return comment === null ? `event ${event} (of no comment)` : `comment ${comment} (event ${event})`;
}

function textIn(value: unknown, name: string): string | null {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
  return typeof found === 'string' ? found : null;
}
