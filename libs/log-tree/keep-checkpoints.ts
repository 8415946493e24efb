import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, DomainError, isRecord } from '../kernel/index.ts';
import { type Checkpoint, parseCheckpoint, parseNote, sameHash } from '../transparency/index.ts';
import type { LogTree } from './port.ts';
import { TREE_FILES } from './tree-files.ts';

/** A checkpoint that was signed at an interval. */
export interface KeptCheckpoint {
  /** The time of signing, RFC 3339 in UTC: nobody vouches for it. */
  readonly at: string;
  /** The signed note. */
  readonly note: string;
}

export interface KeepingCheckpoints {
  /** The tree's folder. */
  readonly dir: string;
  readonly tree: LogTree;
  /** Signs a checkpoint over all that was acknowledged. */
  readonly sign: () => Promise<string>;
  /** The newest earlier undamaged checkpoint, for the comparison; called once a checkpoint was signed. */
  readonly newest: () => KeptCheckpoint | null;
  /**
   * The longest interval in milliseconds; an hour unless told. After a start intervals are shorter: five seconds at
   * first, then twice as long each time.
   */
  readonly everyMs?: number;
  readonly onProblem?: (reason: string) => void;
}

const HOUR_MS = 3_600_000;
/** The first interval after a start, so that new events are signed soon, in a forum's first hour too. */
const FIRST_MS = 5_000;
/** A stop waits no longer for its last one, in milliseconds. */
const LAST_WITHIN_MS = 3_000;
/** When a checkpoint could not be signed, it is tried again so soon. */
const AGAIN_MS = 5_000;

/** The checkpoints that were kept in a tree's folder, oldest first; a torn line is left out. */
export function readCheckpoints(dir: string): readonly KeptCheckpoint[] {
  return numberedCheckpoints(dir).map(({ kept }) => kept);
}

/** The same with the numbers, from 1, of their lines. */
export function numberedCheckpoints(dir: string): readonly { readonly line: number; readonly kept: KeptCheckpoint }[] {
  return textOf(join(dir, TREE_FILES.checkpoints))
    .split('\n')
    .flatMap((text, at) => {
      const kept = keptIn(text);
      return kept === undefined ? [] : [{ line: at + 1, kept }];
    });
}

/** An unreadable line among the kept checkpoints. */
export interface UnreadableLine {
  /** From 1. */
  readonly number: number;
  /** It is the beginning of one, as a power loss leaves it. */
  readonly isTorn: boolean;
}

export function unreadableLines(dir: string): readonly UnreadableLine[] {
  return textOf(join(dir, TREE_FILES.checkpoints))
    .split('\n')
    .flatMap((line, at) =>
      line === '' || keptIn(line) !== undefined ? [] : [{ number: at + 1, isTorn: TORN.test(line) }],
    );
}

const TORN = /^\{("(a(t("(:[^}]*)?)?)?)?)?$/;

/**
 * Signs and keeps a checkpoint at each interval in which the log has grown, and at a gentle stop, and compares the
 * newest earlier one with the tree.
 */
export class CheckpointKeeper {
  readonly #options: KeepingCheckpoints;
  #kept: readonly KeptCheckpoint[];
  #timer: NodeJS.Timeout | undefined;
  #pauseMs = FIRST_MS;
  #compared = false;
  #closed = false;
  #isTorn = false;

  constructor(options: KeepingCheckpoints) {
    this.#options = options;
    this.#kept = readCheckpoints(options.dir);
    this.#next(0);
  }

  /** Oldest first. */
  get kept(): readonly KeptCheckpoint[] {
    return this.#kept;
  }

  /** Keeps the last one before a gentle stop, when the log has grown since; a failure is reported and stops nothing. */
  async keepLast(): Promise<void> {
    this.close();
    try {
      const note = await Promise.race([this.#options.sign(), nothingWithin(LAST_WITHIN_MS)]);
      if (note !== null && this.#options.tree.trouble() === null) this.#keep(note);
    } catch (error) {
      if (!(error instanceof DomainError)) this.#options.onProblem?.(`no checkpoint was kept: ${String(error)}`);
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #next(milliseconds: number): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#turn(), milliseconds);
    this.#timer.unref();
  }

  async #turn(): Promise<void> {
    const { tree, everyMs = HOUR_MS, onProblem } = this.#options;
    const pauseMs = Math.min(this.#pauseMs, everyMs);
    try {
      const note = await this.#options.sign();
      if (this.#closed) return;
      if (!this.#compared) this.#compareNewest();
      if (tree.trouble() === null) this.#keep(note);
      this.#pauseMs = 2 * pauseMs;
      this.#next(pauseMs);
    } catch (error) {
      if (!(error instanceof DomainError)) onProblem?.(`no checkpoint was kept: ${String(error)}`);
      this.#next(AGAIN_MS);
    }
  }

  /** A signed checkpoint must hold for ever. */
  #compareNewest(): void {
    this.#compared = true;
    const signed = this.#options.newest();
    if (signed === null) return;
    const { size, root } = contentsOf(signed.note);
    const { tree } = this.#options;
    if (size > tree.size()) {
      tree.doubt(`a checkpoint of ${size} events was signed on ${signed.at}, and the log has ${tree.size()}`);
    } else if (!sameHash(tree.root(size), root)) {
      const { position } = tree.leaf(size - 1);
      tree.doubt(`the log up to position ${position} is not what a checkpoint said that was signed on ${signed.at}`);
    }
  }

  #keep(note: string): void {
    const last = this.#kept.at(-1);
    if (last !== undefined && contentsOf(last.note).size === contentsOf(note).size) return;
    const kept = { at: new Date().toISOString(), note };
    // A power loss may leave only the beginning of a line that was not yet on disk.
    const line = `${this.#isTorn ? '\n' : ''}${JSON.stringify(kept)}\n`;
    this.#isTorn = true;
    append(this.#options.dir, line);
    this.#isTorn = false;
    this.#kept = [...this.#kept, kept];
  }
}

function nothingWithin(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, null).unref());
}

function contentsOf(note: string): Checkpoint {
  return parseCheckpoint(parseNote(note).text);
}

/** A line torn by a power loss is ended first, so that it damages no other. */
function append(dir: string, line: string): void {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, TREE_FILES.checkpoints);
  const torn = !/(^|\n)$/.test(textOf(file));
  const handle = openSync(file, 'a', 0o600);
  try {
    writeSync(handle, torn ? `\n${line}` : line);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}

/** Undefined for a malformed line. */
function keptIn(line: string): KeptCheckpoint | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const { at, note } = isRecord(value) ? value : {};
    if (typeof at !== 'string' || typeof note !== 'string') return undefined;
    contentsOf(note);
    return { at, note };
  } catch {
    return undefined;
  }
}
