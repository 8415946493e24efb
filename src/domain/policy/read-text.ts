import { undisguised, withLettersForSigns } from './disguises.ts';
import { type FoldedText, type Token, tokensOf } from './folded-text.ts';

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

/** A run longer than this is not searched for disguises. */
const LONGEST_DISGUISE = 200;
/** Characters that people put between letters to split a word. */
const PARTING = /[\s._*·•~-]/u;
const LOOSE = /^[\s._*·•~-]{1,3}$/u;
const UNBROKEN = "._*·•~'’-";

/** The parts of a text that lists of words search; each part is made once, when the first list asks. */
export class ReadText {
  readonly text: FoldedText;
  #tokens: readonly Token[] | undefined;
  #forms: readonly (readonly string[])[] | undefined;
  #rows: readonly TokenRow[] | undefined;
  #run: Run | undefined;

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
    this.#rows ??= KINDS.flatMap(({ goesOn, least }) => rowsOf(this.text, this.tokens, { goesOn, least }));
    return this.#rows;
  }

  get run(): Run {
    this.#run ??= runOf(this.text.folded);
    return this.#run;
  }
}

/** The compact form of a text in a script without spaces. */
export function runOf(folded: string): Run {
  let run = '';
  const places: number[] = [];
  for (let at = 0; at < folded.length; at += 1) {
    const unit = folded.charAt(at);
    if (PARTING.test(unit)) continue;
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
  return isSingle(token) && isSingle(before) && LOOSE.test(folded.slice(before.end, token.start));
}

function partsOfOne({ folded }: FoldedText, before: Token, token: Token): boolean {
  return token.start === before.end + 1 && UNBROKEN.includes(folded.charAt(before.end));
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
