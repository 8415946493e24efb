import type { ReportReason, TranslationLanguage } from '../words/index.ts';
import type { Count, PositionText } from './formats.ts';
import type { Problem, TranslationLine } from './shapes.ts';

/** An earlier text in the same language, whoever made it. */
export interface EarlierTranslation extends Omit<TranslationLine, 'language' | 'stale' | 'changedAt' | 'sourceAt'> {
  /** Of a post alone. */
  readonly title?: string;
  /** Markdown source. */
  readonly body: string;
  /** The revision that it was made from, and the entry of that event in the log (base64 of SHA-256). */
  readonly sourceRevision: Count;
  readonly sourceHash: string;
}

/** The newest translation of a text into a language. */
export interface Translation extends EarlierTranslation, TranslationLine {
  readonly bodyHtml: string;
  /** The newest first, 20 at most. */
  readonly earlier: readonly EarlierTranslation[];
}

/** All translations of a text, by language. */
export interface TranslationList {
  /** The revision of the text as it is: whoever translates it sends this back. */
  readonly sourceRevision: Count;
  readonly items: readonly Translation[];
  /** Further languages: their texts would make the answer too long. Each is told by itself with `language`. */
  readonly unopened: readonly TranslationLanguage[];
}

export interface TranslationsWish {
  /** The only one that is told. */
  readonly language?: TranslationLanguage;
}

export interface TranslationWish {
  readonly language: TranslationLanguage;
  /** Of a post alone, and needed there. */
  readonly title?: string;
  readonly body: string;
  /** The `sourceRevision` of the text that was translated. */
  readonly sourceRevision: number;
}

export interface WrittenTranslation {
  /** Null where it went meanwhile with the text that it is of. */
  readonly translation: Translation | null;
  readonly position: PositionText;
}

export interface TranslationRemovalWish {
  readonly reason: ReportReason;
}

/** A text as it stood at a revision. */
export interface SourceText {
  readonly revision: Count;
  /** Of a post alone. */
  readonly title?: string;
  /** Markdown source. */
  readonly body: string;
}

/** The text that was translated, null where it is not told any more, and the one that stands. */
export interface SourceTexts {
  readonly seen: SourceText | null;
  readonly now: SourceText;
}

/** The refusal `stale_revision` of a translation. */
export interface TranslatedProblem extends Problem {
  readonly source: SourceTexts;
}
