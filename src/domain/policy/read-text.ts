import { Borders } from './borders.ts';
import { undisguised, withLettersForSigns } from './disguises.ts';
import { type FoldedText, partedTokensOf, type Token, tokensOf } from './folded-text.ts';

/** Tokens that may be the pieces of one word. */
export interface TokenRow {
  readonly tokens: readonly Token[];
  /** All tokens as one word, as it stands and with letters for signs, all of one length. */
  readonly forms: readonly string[];
  /** The least number of pieces that make a word. */
  readonly least: number;
}

/** The text without separators, and for each unit its place in the folded text. */
export interface Run {
  readonly run: string;
  readonly places: readonly number[];
}

const MARK = /\p{M}/u;

/** A run longer than this is not searched for disguises. */
const LONGEST_DISGUISE = 200;
/** Characters that people put between letters of a script without spaces to split a word; most show nothing. */
const PARTING = /[\s._*·•~\-+|/\\=#^\p{Cf}\u2800\ufffc]/u;
/** Between single letters: whatever is neither letter nor digit. */
const PARTED_TOKEN = /[@$!|+]/;
/** UTF-16 units between two pieces of a word. */
const MOST_BETWEEN = 9;
const LOOSE = /^[^\p{L}\p{M}\p{N}]{1,3}$/u;
/** Between pieces of any length: what shows nothing, or one sign that ends no sentence and is no part of an address. */
const UNBROKEN = /^(?:[\p{Cf}\u2800\ufffc]{1,9}|[^\p{L}\p{M}\p{N}\s,;:!?@"“”„«»…‥。、，！？；：·–—―\u2800]|·)?$/u;

/** The parts of a text that lists of words search; each part is made once, when the first list asks. */
export class ReadText {
  readonly text: FoldedText;
  #tokens: readonly Token[] | undefined;
  #forms: readonly (readonly string[])[] | undefined;
  #rows: readonly TokenRow[] | undefined;
  #run: Run | undefined;
  #borders: Borders | undefined;
  #line: TokenRow | undefined;

  constructor(text: FoldedText) {
    this.text = text;
  }

  get tokens(): readonly Token[] {
    this.#tokens ??= tokensOf(this.text);
    return this.#tokens;
  }

  /** For each token, the words that it may disguise. */
  get forms(): readonly (readonly string[])[] {
    this.#forms ??= this.tokens.map(({ text }) => (text.length > LONGEST_DISGUISE ? [text] : undisguised(text)));
    return this.#forms;
  }

  /** Single letters in a row (`c a s i n o`), and pieces joined by a sign without a space (`ca-si-no`). */
  get rows(): readonly TokenRow[] {
    this.#rows ??= [this.tokens, ...this.#pieces()].flatMap((tokens) =>
      KINDS.flatMap((kind) => rowsOf(this.text, tokens, kind)),
    );
    return this.#rows;
  }

  /** The pieces of tokens that signs part, if there are such. */
  #pieces(): readonly (readonly Token[])[] {
    return this.tokens.some(({ text }) => PARTED_TOKEN.test(text)) ? [partedTokensOf(this.text)] : [];
  }

  get run(): Run {
    this.#run ??= runOf(this.text.folded);
    return this.#run;
  }

  /** Where words begin and end in the run. */
  get borders(): Borders {
    const { run, places } = this.run;
    this.#borders ??= new Borders(run, (at) => PARTING.test(this.text.folded.charAt((places[at] ?? 0) - 1)));
    return this.#borders;
  }

  /** All tokens in a row, in which the pieces of a phrase may stand however they are parted. */
  get line(): TokenRow {
    const tokens = this.tokens;
    this.#line ??= { tokens, forms: [tokens.map(({ text }) => text).join('')], least: 2 };
    return this.#line;
  }
}

/** The compact form of a text in a script without spaces; a mark that is written twice stands in it once. */
export function runOf(folded: string): Run {
  let run = '';
  const places: number[] = [];
  for (let at = 0; at < folded.length; at += 1) {
    const unit = folded.charAt(at);
    if (PARTING.test(unit) || (run.endsWith(unit) && MARK.test(unit))) continue;
    run += unit;
    places.push(at);
  }
  return { run, places };
}

interface Kind {
  /** Whether a token continues the word of the token before it. */
  readonly goesOn: (text: FoldedText, before: Token, token: Token) => boolean;
  readonly least: number;
}

/** Two single letters (`I m`) are no split word. */
const KINDS: readonly Kind[] = [
  { goesOn: lettersInARow, least: 3 },
  { goesOn: partsOfOne, least: 2 },
];

function lettersInARow({ folded }: FoldedText, before: Token, token: Token): boolean {
  if (token.start > before.end + MOST_BETWEEN || !isSingle(token) || !isSingle(before)) return false;
  return LOOSE.test(folded.slice(before.end, token.start));
}

function partsOfOne({ folded }: FoldedText, before: Token, token: Token): boolean {
  return token.start <= before.end + MOST_BETWEEN && UNBROKEN.test(folded.slice(before.end, token.start));
}

function isSingle({ text }: Token): boolean {
  return text.length === 1 || (text.length === 2 && (text.codePointAt(0) ?? 0) > 0xffff);
}

function rowsOf(text: FoldedText, tokens: readonly Token[], { goesOn, least }: Kind): readonly TokenRow[] {
  const rows: TokenRow[] = [];
  let start = 0;
  let before: Token | undefined;
  for (const [at, token] of tokens.entries()) {
    if (before && !goesOn(text, before, token)) {
      if (at - start >= least) rows.push(rowOf(tokens.slice(start, at), least));
      start = at;
    }
    before = token;
  }
  if (tokens.length - start >= least) rows.push(rowOf(tokens.slice(start), least));
  return rows;
}

function rowOf(tokens: readonly Token[], least: number): TokenRow {
  return { tokens, forms: withLettersForSigns(tokens.map(({ text }) => text).join('')), least };
}
