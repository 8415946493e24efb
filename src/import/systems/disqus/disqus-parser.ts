import { SourceError, type SourcePlace, type Warn } from '../../source/source.ts';
import { TolerantXml } from './tolerant-xml.ts';

/** Characters of one value that are kept; no comment is longer. */
const MOST_OF_VALUE = 1024 * 1024;
const NOT_DISQUS = 'this is no export of Disqus';

/** A `<thread>` or `<post>`: its id, and the values of what is in it (`author/name`); of references the id (`thread`). */
export interface DisqusRecord {
  readonly kind: 'thread' | 'post';
  readonly place: SourcePlace;
  readonly id: string;
  readonly fields: ReadonlyMap<string, string>;
}

interface Open extends DisqusRecord {
  readonly fields: Map<string, string>;
}

/** Reads the XML of Disqus as text arrives, and gives the threads and posts that have ended. */
export class DisqusParser {
  readonly #xml: TolerantXml;
  /** The names of the elements within the record under way. */
  readonly #path: string[] = [];
  #depth = 0;
  #open: Open | null = null;
  #value: string[] = [];
  #size = 0;
  #ended: DisqusRecord[] = [];

  constructor(warn: Warn) {
    this.#xml = new TolerantXml(warn, {
      open: (name, attributes, place) => this.#opened(name, attributes, place),
      text: (text) => this.#text(text),
      close: (name) => this.#closed(name),
    });
  }

  /** Throws SourceError; `take` still gives the records before the fault. */
  write(text: string): void {
    this.#xml.write(text);
  }

  end(): void {
    this.#xml.end();
  }

  /** The records that have ended since the last time. */
  take(): readonly DisqusRecord[] {
    const ended = this.#ended;
    this.#ended = [];
    return ended;
  }

  #opened(name: string, attributes: Readonly<Record<string, string>>, place: SourcePlace): void {
    this.#depth += 1;
    const local = localName(name);
    if (this.#depth === 1 && local !== 'disqus')
      throw new SourceError(`${NOT_DISQUS}: its first element is <${name}>`, place);
    const id = idIn(attributes);
    if (this.#depth === 2 && (local === 'thread' || local === 'post'))
      this.#open = { kind: local, place, id, fields: new Map() };
    else if (this.#depth > 2 && this.#open !== null) {
      this.#path.push(local);
      const key = this.#path.join('/');
      if (id !== '' && !this.#open.fields.has(key)) this.#open.fields.set(key, id);
    }
    this.#value = [];
    this.#size = 0;
  }

  #text(text: string): void {
    if (this.#open === null || this.#size >= MOST_OF_VALUE) return;
    this.#value.push(text.slice(0, MOST_OF_VALUE - this.#size));
    this.#size += text.length;
  }

  #closed(name: string): void {
    const open = this.#open;
    this.#depth -= 1;
    if (open === null) return;
    if (this.#depth === 1) {
      this.#open = null;
      this.#path.length = 0;
      if (localName(name) === open.kind) this.#ended.push(open);
      return;
    }
    const key = this.#path.join('/');
    this.#path.pop();
    const value = this.#value.join('').trim();
    if (value !== '' && !open.fields.has(key)) open.fields.set(key, value);
    this.#value = [];
    this.#size = 0;
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** `dsq:id`, whatever its prefix; an unquoted one may have swallowed the slash of an empty element. */
function idIn(attributes: Readonly<Record<string, string>>): string {
  for (const [name, value] of Object.entries(attributes))
    if (/^(?:\w+:)?id$/.test(name)) return value.replace(/\/$/, '').trim();
  return '';
}
