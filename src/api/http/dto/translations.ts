import type {
  TranslationDismissalWish,
  TranslationRemovalWish,
  TranslationReportWish,
  TranslationsWish,
  TranslationWish,
} from '../../../../libs/client/index.ts';
import {
  REVISION_PATTERN,
  TEXT_LIMITS,
  TRANSLATION_LANGUAGE_CODES,
  TRANSLATION_REASONS,
  type TranslationLanguage,
  type TranslationReason,
} from '../../../../libs/words/index.ts';
import { IsChoice, IsForm, IsText, IsWholeNumber, Nullable, Optional } from '../../input/rules.ts';

class TranslationBody implements TranslationWish {
  @IsChoice(TRANSLATION_LANGUAGE_CODES)
  declare readonly language: TranslationLanguage;

  @IsText(TEXT_LIMITS.postBody)
  declare readonly body: string;

  @IsWholeNumber(0, Number.MAX_SAFE_INTEGER)
  declare readonly sourceRevision: number;
}

export class CommentTranslationBody extends TranslationBody {
  @IsText(TEXT_LIMITS.comment)
  declare readonly body: string;
}

export class PostTranslationBody extends TranslationBody {
  @Optional()
  @IsText(TEXT_LIMITS.title)
  declare readonly title?: string;
}

export class TranslationsQuery implements TranslationsWish {
  @Optional()
  @IsChoice(TRANSLATION_LANGUAGE_CODES)
  declare readonly language?: TranslationLanguage;
}

/** Of a removal: the text that was seen. */
export class TranslationSeenQuery {
  @Optional()
  @IsForm(REVISION_PATTERN, 'a whole number')
  declare readonly revision?: string;
}

export class TranslationRemovalBody implements TranslationRemovalWish {
  @IsChoice(TRANSLATION_REASONS)
  declare readonly reason: TranslationReason;

  @Optional()
  @IsText(TEXT_LIMITS.statement)
  declare readonly statement?: string;

  @Optional()
  @IsWholeNumber(0, Number.MAX_SAFE_INTEGER)
  declare readonly revision?: number;
}

export class TranslationReportBody implements TranslationReportWish {
  @IsChoice(TRANSLATION_REASONS)
  declare readonly reason: TranslationReason;

  @Nullable()
  @IsText(TEXT_LIMITS.reportNote)
  declare readonly note?: string | null;
}

export class TranslationDismissalBody implements TranslationDismissalWish {
  @IsWholeNumber(0, Number.MAX_SAFE_INTEGER)
  declare readonly revision: number;
}
