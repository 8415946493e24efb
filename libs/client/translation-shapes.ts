import type { TranslationLanguage, TranslationReason } from '../words/index.ts';
import type { Count, PositionText, Uuid } from './formats.ts';
import type { Complained } from './moderation-shapes.ts';
import type { Comment, Post, Problem, TranslationLine } from './shapes.ts';

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

/** A translation by itself. */
export interface TranslationText extends EarlierTranslation, TranslationLine {
  /** Of its own newest text: whoever removes it sends this back. */
  readonly revision: Count;
  readonly bodyHtml: string;
}

/** The newest translation of a text into a language. */
export interface Translation extends TranslationText {
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

export interface TranslationSeen {
  /** The `revision` of the translation that was seen: where its text is another by now, it is not removed. */
  readonly revision?: number;
}

export interface TranslationRemovalWish extends TranslationSeen {
  readonly reason: TranslationReason;
  /** What whoever translated is told; readers do not see it. */
  readonly statement?: string;
}

export interface TranslationReportWish {
  readonly reason: TranslationReason;
  readonly note?: string | null;
}

/** The place of a recorded report. */
export interface TranslationReportAnswer {
  readonly translationId: Uuid;
  readonly reason: TranslationReason;
  readonly position: PositionText;
}

/** A report about a translation, which may be wrong besides all that a comment may be. */
export interface TranslationComplaint extends Complained {
  readonly reason: TranslationReason;
  /** Whether the translation was taken back since, and then written again by the same member, be it in the same words. */
  readonly writtenAnew: boolean;
}

/** A translation that members reported, with all that a decision on it needs. */
export interface ReportedTranslation {
  /** Null once its words are gone. */
  readonly translation: TranslationText | null;
  readonly translationId: Uuid;
  /** The revision of its newest text: whoever keeps it sends this back. */
  readonly revision: Count;
  /** Null for a translation of a post, and where the moderator does not read the comment. */
  readonly comment: Comment | null;
  /** The post that is translated, or under which the comment stands; null where the moderator does not read it. */
  readonly post: Pick<Post, 'id' | 'slug' | 'title' | 'locale' | 'bodyHtml'> | null;
  /** Those that no moderator has answered, oldest first. */
  readonly reports: readonly TranslationComplaint[];
}

export interface ReportedTranslations {
  /** Those that wait longest, 20 at most. */
  readonly items: readonly ReportedTranslation[];
  /** How many wait. */
  readonly total: Count;
}

/** The reports of the text that was seen are dismissed; it stays. */
export interface TranslationDismissalWish {
  /** The `revision` of the reported translation. */
  readonly revision: number;
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
