import { isSignedOut } from './problem.ts';
import type { NewComment } from './requests.ts';
import type { Comment } from './shapes.ts';

/**
 * A comment of the member's own that the forum has not acknowledged yet. However often it is sent, its id is posted
 * once.
 */
export interface OutboxEntry extends Pick<Comment, 'id' | 'postId' | 'parentId'>, Pick<NewComment, 'body'> {
  /** RFC 3339: when it was written. */
  readonly writtenAt: string;
  /** `failed`: the forum refused it, and it waits for its writer. */
  readonly state: 'waiting' | 'sending' | 'failed';
  /** The reason why it was refused, or waits longer. */
  readonly problem: { readonly code: string; readonly detail: string } | null;
}

/**
 * A store in which unsent comments outlive the page. Its contents belong to one member, so each member needs a store of
 * its own.
 */
export interface OutboxStorage {
  load(): readonly OutboxEntry[];
  save(entries: readonly OutboxEntry[]): void;
}

/**
 * Keeps unsent comments in a browser's localStorage (or an equal); with a full or forbidden storage it only forgets.
 */
export function keptIn(storage: TextStorage, key: string): OutboxStorage {
  return {
    load: () => attempt(() => parse(storage.getItem(key))) ?? [],
    save: (entries) => {
      attempt(() => (entries.length === 0 ? storage.removeItem(key) : storage.setItem(key, JSON.stringify(entries))));
    },
  };
}

/** The part of the browser's Storage that is used. */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The comments of one thread that are still to be posted, oldest first; each change is kept at once. */
export class Outbox {
  readonly #storage: OutboxStorage | undefined;
  readonly #changed: () => void;
  #entries: readonly OutboxEntry[];
  /** Ids that are finished; entries that other pages keep in the same place are left alone. */
  readonly #dropped = new Set<string>();

  constructor(postId: string, storage: OutboxStorage | undefined, changed: () => void) {
    this.#storage = storage;
    this.#changed = changed;
    this.#entries = (storage?.load() ?? [])
      .filter((entry) => entry.postId === postId)
      .map((entry) => (goesOut(entry) ? { ...entry, state: 'waiting', problem: null } : entry));
  }

  get entries(): readonly OutboxEntry[] {
    return this.#entries;
  }

  /** The oldest entry that may be sent. */
  next(): OutboxEntry | undefined {
    return this.#entries.find(({ state }) => state === 'waiting');
  }

  add(entry: OutboxEntry): void {
    this.#set([...this.#entries, entry]);
  }

  mark(id: string, state: OutboxEntry['state'], problem: OutboxEntry['problem'] = null): void {
    this.#set(this.#entries.map((entry) => (entry.id === id ? { ...entry, state, problem } : entry)));
  }

  /** Drops entries that the thread shows, or that their writer gave up. */
  drop(isDone: (id: string) => boolean): void {
    const done = this.#entries.filter(({ id }) => isDone(id));
    if (done.length === 0) return;
    for (const { id } of done) this.#dropped.add(id);
    this.#set(this.#entries.filter(({ id }) => !isDone(id)));
  }

  #set(entries: readonly OutboxEntry[]): void {
    this.#entries = entries;
    const own = new Set([...this.#dropped, ...entries.map(({ id }) => id)]);
    this.#storage?.save([...this.#storage.load().filter(({ id }) => !own.has(id)), ...entries]);
    this.#changed();
  }
}

/**
 * An entry that was being sent when the page closed may have arrived, and is answered the same when it is sent again;
 * an entry without a session may have one now.
 */
function goesOut({ state, problem }: OutboxEntry): boolean {
  return state !== 'failed' || (problem !== null && isSignedOut(problem.code));
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function parse(text: string | null): readonly OutboxEntry[] {
  const kept: unknown = JSON.parse(text ?? '[]');
  return Array.isArray(kept) ? kept.flatMap((entry) => entryIn(entry) ?? []) : [];
}

/** Undefined for a malformed entry; an entry whose reason cannot be read has none. */
function entryIn(value: unknown): OutboxEntry | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, postId, parentId, body, writtenAt, state, problem }: Partial<Record<keyof OutboxEntry, unknown>> = value;
  if (typeof id !== 'string' || typeof postId !== 'string' || typeof body !== 'string') return undefined;
  if (typeof writtenAt !== 'string' || (parentId !== null && typeof parentId !== 'string')) return undefined;
  if (state !== 'waiting' && state !== 'sending' && state !== 'failed') return undefined;
  return { id, postId, parentId, body, writtenAt, state, problem: problemIn(problem) };
}

function problemIn(value: unknown): OutboxEntry['problem'] {
  if (typeof value !== 'object' || value === null) return null;
  const { code, detail }: { readonly code?: unknown; readonly detail?: unknown } = value;
  return typeof code === 'string' && typeof detail === 'string' ? { code, detail } : null;
}
