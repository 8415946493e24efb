/** Characters of one CDATA section that are read: no text of a post or comment is kept that long. */
export const MOST_OF_TEXT = 4 * 1024 * 1024;

const BEGIN = '<![CDATA[';
const END = ']]>';

/** What the parser shall read next, and how many line ends were dropped behind it. */
export interface Piece {
  readonly text: string;
  readonly lines: number;
}

/** Cuts CDATA sections that are longer than what is kept of any, before the parser gathers them in memory. */
export class LongTexts {
  /** Characters of the section under way; null outside of one. */
  #size: number | null = null;
  /** The end of the text so far, when it may be the beginning of a mark. */
  #held = '';

  /** The text as it arrives, with what is too much left out. */
  *cut(chunk: string): Iterable<Piece> {
    const text = this.#held + chunk;
    const until = text.length - Math.max(heldBack(text, BEGIN), heldBack(text, END));
    let from = 0;
    for (let at = 0; at < until; ) {
      const found = text.indexOf(this.#mark(), at);
      const end = found < 0 ? until : Math.min(found, until);
      const kept = this.#size === null ? end : at + this.#roomFor(text, at, end);
      if (kept < end) {
        yield { text: text.slice(from, kept), lines: text.slice(kept, end).split('\n').length - 1 };
        from = end;
      }
      at = end;
      if (found < 0) continue;
      at += this.#mark().length;
      this.#size = this.#size === null ? 0 : null;
    }
    this.#held = text.slice(until);
    yield { text: text.slice(from, until), lines: 0 };
  }

  /** What was held back, once no more comes. */
  end(): string {
    return this.#held;
  }

  #mark(): string {
    return this.#size === null ? BEGIN : END;
  }

  /** How many of these characters of the section are kept; half of a surrogate pair is not. */
  #roomFor(text: string, start: number, end: number): number {
    const size = this.#size ?? 0;
    const room = Math.min(end - start, Math.max(0, MOST_OF_TEXT - size));
    this.#size = size + end - start;
    return room > 0 && room < end - start && !text.slice(start, start + room).isWellFormed() ? room - 1 : room;
  }
}

/** Characters at the end of a text that may be the beginning of a mark. */
function heldBack(text: string, mark: string): number {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(mark.slice(0, length))) return length;
  }
  return 0;
}
