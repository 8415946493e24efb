import { type FoldedText, foldText } from './folded-text.ts';
import type { JudgedText, ReadersText } from './subject.ts';
import { wordFinder } from './word-list.ts';

/** Without one of these a text in Markdown has no words that readers do not see. */
const MAY_HIDE = /[\\`[<|~&]/u;

/** A comment as readers see it and as it was written; each form is made when the first rule asks. */
export class TextForms {
  readonly #judged: Pick<JudgedText, 'body' | 'seenIn'>;
  #seen: ReadersText | undefined;
  #asSeen: FoldedText | undefined;
  #asTurned: FoldedText | null = null;
  #asWritten: FoldedText | undefined;

  constructor(judged: Pick<JudgedText, 'body' | 'seenIn'>) {
    this.#judged = judged;
  }

  get links(): ReadersText['links'] {
    return this.#read().links;
  }

  get asSeen(): FoldedText {
    this.#asSeen ??= foldText(this.#read().text);
    return this.#asSeen;
  }

  /** The words in the order of the screen, where signs of direction turn them; null where none does. */
  get asTurned(): FoldedText | null {
    const { turned } = this.#read();
    if (turned !== null) this.#asTurned ??= foldText(turned);
    return this.#asTurned;
  }

  /** The same as `asSeen` where it has no other words. */
  get asWritten(): FoldedText {
    const { body } = this.#judged;
    this.#asWritten ??= this.asSeen.original === body || !MAY_HIDE.test(body) ? this.asSeen : foldText(body);
    return this.#asWritten;
  }

  #read(): ReadersText {
    this.#seen ??= this.#judged.seenIn(this.#judged.body);
    return this.#seen;
  }
}

/** The part that is a word of the list: of what readers see, or else of what is only written, such as a link's title. */
export function partIn(forms: TextForms, words: readonly string[]): string | null {
  if (words.length === 0) return null;
  const find = wordFinder(words);
  const { asSeen, asTurned } = forms;
  const seen = find(asSeen) ?? (asTurned && find(asTurned));
  const found = seen ?? (forms.asWritten === asSeen ? null : find(forms.asWritten));
  return found && found.part;
}
