import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { JSX } from 'preact';
import { render } from 'preact-render-to-string';
import { SharedBytes } from '../../../libs/compression/index.ts';

/** The bytes kept of what stands in the middle of pages. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Milliseconds; a page's times are of its minute. */
const KEPT_FOR = 60_000;

/** Nobody can guess the mark, so no text on a page can be mistaken for it. */
const MARK = `<!--${randomUUID()}:`;
const MARK_END = '-->';

let made = 0;
/** By their marks, while a page is rendered in parts; null at other times. */
let marked: Map<string, SharedHtml> | null = null;

/** HTML that stands on many pages, whoever reads them. */
export class SharedHtml {
  readonly html: string;
  readonly #mark: string;
  #bytes: Buffer | undefined;

  constructor(html: string) {
    this.html = html;
    made += 1;
    this.#mark = `${MARK}${made}${MARK_END}`;
  }

  /** What to put on a page: its HTML, or a mark where the page is rendered in parts. */
  get shown(): string {
    if (marked === null) return this.html;
    marked.set(this.#mark, this);
    return this.#mark;
  }

  /** Encoded once, whatever pages it stands on. */
  get bytes(): Buffer {
    this.#bytes ??= Buffer.from(this.html);
    return this.#bytes;
  }
}

/** A page of which many have the middle; `shared` is null where there is none. */
export interface PageParts {
  readonly before: string;
  readonly shared: SharedBytes | null;
  readonly after: string;
}

/** Everything from a page's first shared HTML to its last, by that with marks, each of which stands for the same for ever. */
const middles = new LRUCache<string, SharedBytes>({
  maxSize: MOST_BYTES,
  sizeCalculation: ({ bytes }, key) => bytes.length + 2 * key.length,
  ttl: KEPT_FOR,
  ttlAutopurge: true,
});

/** What is kept of pages' middles in this process. */
export const sharedMiddles = {
  get bytes(): number {
    return middles.calculatedSize;
  },
  clear: (): void => middles.clear(),
};

/** Renders a page so that what it shares with others is made into bytes, and compressed, once. */
export function renderInParts(page: JSX.Element): PageParts {
  const { html, parts } = renderMarked(page);
  const first = html.indexOf(MARK);
  if (first < 0) return { before: html, shared: null, after: '' };
  const end = html.indexOf(MARK_END, html.lastIndexOf(MARK)) + MARK_END.length;
  const middle = html.slice(first, end);
  return { before: html.slice(0, first), shared: bytesOf(middle, parts), after: html.slice(end) };
}

/** The bytes of a page; what it shares with others, or with itself of before, is not encoded again. */
export function renderToBytes(page: JSX.Element): Buffer {
  const { html, parts } = renderMarked(page);
  return filled(html, parts);
}

function renderMarked(page: JSX.Element): { readonly html: string; readonly parts: ReadonlyMap<string, SharedHtml> } {
  const parts = new Map<string, SharedHtml>();
  marked = parts;
  try {
    return { html: render(page), parts };
  } finally {
    marked = null;
  }
}

function bytesOf(middle: string, parts: ReadonlyMap<string, SharedHtml>): SharedBytes {
  const known = middles.get(middle);
  if (known !== undefined) return known;
  const shared = new SharedBytes(filled(middle, parts));
  middles.set(middle, shared);
  return shared;
}

function filled(html: string, parts: ReadonlyMap<string, SharedHtml>): Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  for (let next = html.indexOf(MARK); next >= 0; next = html.indexOf(MARK, at)) {
    const end = html.indexOf(MARK_END, next) + MARK_END.length;
    pieces.push(Buffer.from(html.slice(at, next)));
    const part = parts.get(html.slice(next, end));
    if (part !== undefined) pieces.push(part.bytes);
    at = end;
  }
  return Buffer.concat([...pieces, Buffer.from(html.slice(at))]);
}
