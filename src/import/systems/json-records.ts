import type { ImportSaying } from '../../../libs/words/index.ts';
import { attempt } from '../attempt.ts';
import { readText } from '../reading/read-text.ts';
import { SourceError, type SourcePlace } from '../source/source.ts';

/** A value of a JSON file: `path` is the names that lead to it, joined with dots; elements of a list have the list's path. */
export interface JsonRecord {
  readonly path: string;
  readonly place: SourcePlace;
  readonly value: unknown;
}

/** Characters of one element. */
const MOST_OF_ELEMENT = 16 * 1024 * 1024;
const MOST_DEPTH = 100;
const [QUOTE, BACKSLASH, COMMA, COLON, NEWLINE] = [0x22, 0x5c, 0x2c, 0x3a, 0x0a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

interface Level {
  readonly isList: boolean;
  readonly path: string;
  key: string;
  /** A name stands here next, and not a value. */
  wantsKey: boolean;
}

/**
 * The elements of the lists at these paths (the empty one is the file's own), and the plain values at top level, one by
 * one: memory holds one of them. Throws SourceError where the file is no JSON, or ends early.
 */
export async function* jsonRecords(
  file: string,
  lists: readonly string[],
  onBytes: (bytes: number) => void,
): AsyncGenerator<JsonRecord> {
  const scanner = new JsonScanner(new Set(lists));
  for await (const text of readText(file, onBytes)) {
    const fault = attempt(() => scanner.write(text));
    yield* scanner.take();
    if (fault !== undefined) throw fault.error;
  }
  scanner.end();
  yield* scanner.take();
}

class JsonScanner {
  readonly #lists: ReadonlySet<string>;
  readonly #levels: Level[] = [];
  #found: JsonRecord[] = [];
  #line = 1;
  #column = 0;
  #hasEnded = false;
  #inString = false;
  #escaped = false;
  /** The element, name or plain value under way. */
  #parts: string[] = [];
  #size = 0;
  #depth = 0;
  #taking: 'element' | 'key' | 'plain' | null = null;
  #start: SourcePlace = { line: 1, column: 1 };

  constructor(lists: ReadonlySet<string>) {
    this.#lists = lists;
  }

  write(text: string): void {
    let from = this.#taking === null ? -1 : 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) {
        this.#line += 1;
        this.#column = 0;
      } else this.#column += 1;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === BACKSLASH) this.#escaped = true;
        else if (code === QUOTE) {
          this.#inString = false;
          if (this.#taking === 'key' || (this.#taking !== null && this.#depth === 0)) {
            this.#takeUp(text.slice(Math.max(0, from), at + 1));
            from = -1;
          }
        }
        continue;
      }
      if (code === QUOTE) this.#inString = true;
      if (this.#taking === null) {
        if (this.#begins(code)) from = at;
        continue;
      }
      if (code === OPEN_LIST || code === OPEN_OBJECT) this.#depth += 1;
      else if (code === CLOSE_LIST || code === CLOSE_OBJECT) this.#depth -= 1;
      if (this.#depth > MOST_DEPTH) throw this.#error(`values are nested over ${MOST_DEPTH} deep`);
      const isOver = this.#depth < 0 || (this.#depth === 0 && (code === COMMA || code <= 0x20));
      const isWhole = this.#depth === 0 && (code === CLOSE_LIST || code === CLOSE_OBJECT);
      if (!isOver && !isWhole) continue;
      this.#takeUp(text.slice(from, isWhole ? at + 1 : at));
      from = -1;
      if (isOver) this.#mark(code);
    }
    if (from >= 0) this.#keep(text.slice(from));
  }

  take(): readonly JsonRecord[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  end(): void {
    if (!this.#hasEnded) throw this.#error('the file ends before its end: it was cut off');
  }

  /** Between values. True when something begins here that is taken up. */
  #begins(code: number): boolean {
    if (code <= 0x20 || code === 0xfeff) return false;
    const level = this.#levels.at(-1);
    if (level === undefined && (this.#hasEnded || (code !== OPEN_LIST && code !== OPEN_OBJECT)))
      throw this.#error(this.#hasEnded ? 'there is something after the end of the JSON' : 'this is no JSON');
    if (level?.wantsKey && code === QUOTE) return this.#beginTaking('key', 0);
    if (code === COMMA || code === COLON || code === CLOSE_LIST || code === CLOSE_OBJECT) {
      this.#mark(code);
      return false;
    }
    if (level?.wantsKey) throw this.#error('a name is missing in the JSON');
    const isNested = code === OPEN_LIST || code === OPEN_OBJECT;
    if (level?.isList && this.#lists.has(level.path)) return this.#beginTaking('element', isNested ? 1 : 0);
    if (!isNested) return this.#beginTaking('plain', 0);
    const path = level === undefined ? '' : level.isList ? `${level.path}[]` : joined(level.path, level.key);
    this.#levels.push({ isList: code === OPEN_LIST, path, key: '', wantsKey: code === OPEN_OBJECT });
    if (this.#levels.length > MOST_DEPTH) throw this.#error(`values are nested over ${MOST_DEPTH} deep`);
    return false;
  }

  #beginTaking(what: 'element' | 'key' | 'plain', depth: number): true {
    this.#taking = what;
    this.#depth = depth;
    this.#start = { line: this.#line, column: this.#column };
    return true;
  }

  #mark(code: number): void {
    const level = this.#levels.at(-1);
    if (level === undefined || code <= 0x20) return;
    if (code === COMMA) level.wantsKey = !level.isList;
    else if (code === COLON) level.wantsKey = false;
    else {
      if (level.isList !== (code === CLOSE_LIST)) throw this.#error('the JSON closes what it has not opened');
      this.#levels.pop();
      this.#hasEnded = this.#levels.length === 0;
    }
  }

  #keep(text: string): void {
    this.#size += text.length;
    if (this.#size > MOST_OF_ELEMENT) throw this.#error(`a value of over ${MOST_OF_ELEMENT / 1024 / 1024} MiB`);
    this.#parts.push(text);
  }

  #takeUp(last: string): void {
    this.#keep(last);
    const value = this.#parsed(this.#parts.join(''));
    const what = this.#taking;
    const level = this.#levels.at(-1);
    this.#parts = [];
    this.#size = 0;
    this.#taking = null;
    if (level === undefined) return;
    if (what === 'key') level.key = String(value);
    else if (what === 'element') this.#found.push({ path: level.path, place: this.#start, value });
    else if (this.#levels.length === 1) this.#found.push({ path: level.key, place: this.#start, value });
  }

  #parsed(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw new SourceError('a value that is no JSON', this.#start);
    }
  }

  #error(reason: ImportSaying): SourceError {
    return new SourceError(reason, { line: this.#line, column: Math.max(1, this.#column) });
  }
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
