/** Characters of one CDATA section that are read: no text of a post or comment is kept that long. */
export const MOST_OF_TEXT = 4 * 1024 * 1024;

const BEGIN = '<![CDATA[';
const END = ']]>';
const COMMENT = '<wp:comment>';
const COMMENT_END = '</wp:comment>';
const MARKS = [BEGIN, END, COMMENT, COMMENT_END];
const OUTSIDE = /<!\[CDATA\[|<\/?wp:comment>/g;

/** The next text for the parser, and the number of line ends dropped after it. */
export interface Piece {
  readonly text: string;
  readonly lines: number;
}

/**
 * Drops parts of an export before the parser gathers them: the end of CDATA sections that are longer than any kept
 * text, and unwanted comments.
 */
export class XmlSieve {
  /** Asked at the start of each comment, when the parser has read all that stands before it. */
  readonly #skipsComment: () => boolean;
  /** Characters of the CDATA section under way; null outside of one. */
  #size: number | null = null;
  #dropping = false;
  /** The end of the text so far, when it may be the beginning of a mark. */
  #held = '';

  constructor(skipsComment: () => boolean) {
    this.#skipsComment = skipsComment;
  }

  /** The text as it arrives, without what is left out; read each piece before the next one is asked for. */
  *sift(chunk: string): Iterable<Piece> {
    const text = this.#held + chunk;
    const until = text.length - Math.max(...MARKS.map((mark) => heldBack(text, mark)));
    /** The start of the text not given yet. */
    let from = 0;
    for (let at = 0; at < until; ) {
      const { index, mark } = this.#next(text, at, until);
      if (this.#size !== null && !this.#dropping) {
        const kept = at + this.#roomFor(text, at, index);
        if (kept < index) {
          yield { text: text.slice(from, kept), lines: linesIn(text, kept, index) };
          from = index;
        }
      }
      at = index + mark.length;
      if (mark === COMMENT && !this.#dropping) {
        yield { text: text.slice(from, index), lines: 0 };
        from = index;
        this.#dropping = this.#skipsComment();
      } else if (mark === COMMENT_END && this.#dropping) {
        yield { text: '', lines: linesIn(text, from, at) };
        from = at;
        this.#dropping = false;
      } else if (mark === BEGIN) this.#size = 0;
      else if (mark === END) this.#size = null;
    }
    this.#held = text.slice(until);
    yield this.#dropping
      ? { text: '', lines: linesIn(text, from, until) }
      : { text: text.slice(from, until), lines: 0 };
  }

  /** The text held back, once no more comes. */
  end(): string {
    return this.#dropping ? '' : this.#held;
  }

  /** The next mark that means something here; an empty one at the end of the text. */
  #next(text: string, at: number, until: number): { readonly index: number; readonly mark: string } {
    if (this.#size !== null) {
      const index = text.indexOf(END, at);
      return index < 0 ? { index: until, mark: '' } : { index, mark: END };
    }
    OUTSIDE.lastIndex = at;
    const found = OUTSIDE.exec(text);
    return found === null ? { index: until, mark: '' } : { index: found.index, mark: found[0] };
  }

  /** How many of these characters of the section are kept; half of a surrogate pair is not. */
  #roomFor(text: string, start: number, end: number): number {
    const size = this.#size ?? 0;
    const room = Math.min(end - start, Math.max(0, MOST_OF_TEXT - size));
    this.#size = size + end - start;
    return room > 0 && room < end - start && !text.slice(start, start + room).isWellFormed() ? room - 1 : room;
  }
}

function linesIn(text: string, start: number, end: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** Characters at the end of a text that may be the beginning of a mark. */
function heldBack(text: string, mark: string): number {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(mark.slice(0, length))) return length;
  }
  return 0;
}
