import { LRUCache } from 'lru-cache';

/** What readers see of a comment. */
export interface CommentAsSeen {
  /** The text in NFC without marks, with entities decoded. */
  readonly text: string;
  /** The same in the order of the screen, where signs of direction may make that another one; null where none stands. */
  readonly turned: string | null;
  /** The addresses of its links as they stand in its HTML. */
  readonly links: readonly string[];
}

/** All that the forum makes of a comment's text. */
export interface CommentRead {
  readonly html: string;
  readonly seen: CommentAsSeen;
  /** Of mentions, in their order. */
  readonly handles: readonly string[];
}

/** Each may begin a block, a cell, a link or a mark of words, which take some microseconds. */
const MARKS = '\n@.:|[]<>*_~`#!';
const IS_MARK = Uint8Array.from({ length: 128 }, (_, code) => Number(MARKS.includes(String.fromCharCode(code))));
/** Marks of a text that is read within a few milliseconds; few comments have a tenth of them. */
const MOST_MARKS = 500;

/** Whether to read the text takes so long that others would wait for it. */
export function isLongToRead(source: string): boolean {
  if (source.length <= MOST_MARKS) return false;
  let marks = 0;
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code < 128) marks += IS_MARK[code] ?? 0;
  }
  return marks > MOST_MARKS;
}

/** Milliseconds for which it is kept what was read aside: a comment is searched for mentions, judged and shown one after the other. */
const KEPT_MS = 10_000;
/** UTF-16 units of texts and HTML. */
const MOST_KEPT = 4_000_000;
const kept = new LRUCache<string, CommentRead>({
  maxSize: MOST_KEPT,
  sizeCalculation: ({ html, seen }, source) => source.length + html.length + 2 * seen.text.length + 100,
  ttl: KEPT_MS,
  ttlAutopurge: true,
});

export function keepRead(source: string, read: CommentRead): void {
  kept.set(source, read);
}

export function readLately(source: string): CommentRead | undefined {
  return kept.get(source);
}
