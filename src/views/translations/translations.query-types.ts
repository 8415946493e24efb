import { Query } from '@nestjs/cqrs';
import type { MayBeUnreadable, Translation, TranslationLine, TranslationText } from '../../../libs/client/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';
import type { TranslationLanguage, TranslationReason } from '../../../libs/words/index.ts';

/** A post whose own translations, or the text that they were made from, have changed. */
export interface TranslationProjected {
  readonly translatedPostId: string;
}

export const translationsChanges = changesOf<TranslationProjected>('translations');

/** A text that is translated: a comment, or a post itself. */
export interface TranslatedText {
  readonly kind: 'comment' | 'post';
  readonly id: string;
}

/** All translations of one text, and the revision of the text as it is. */
export interface TranslationsOf {
  readonly sourceRevision: number;
  /** The newest in each language, by language. */
  readonly items: readonly Translation[];
  /** Further languages, whose texts would be more than was asked for. */
  readonly unopened: readonly TranslationLanguage[];
}

/** The caller has asked whether the viewer reads the text itself, and gives it: its pictures are shown in translations too. */
export class GetTranslations extends Query<TranslationsOf> {
  constructor(
    readonly of: TranslatedText,
    readonly original = '',
    /** The only one that is told; null for all. */
    readonly language: string | null = null,
    /** Bytes of sealed texts that are opened, unless a single one is more: the newest in each language before earlier ones. */
    readonly mostBytes = Number.POSITIVE_INFINITY,
  ) {
    super();
  }
}

/** Into which languages a post is translated and by whom, without opening a text; asked as the texts are. */
export class GetTranslationLines extends Query<readonly TranslationLine[]> {
  constructor(readonly postId: string) {
    super();
  }
}

/** What a translation is of, as far as anybody may know who has its id; null for none, and for one that was taken away. */
export interface StandingTranslation {
  readonly translationId: string;
  readonly postId: string;
  readonly commentId: string | null;
  readonly memberId: string;
  readonly language: string;
}

/** The same of these posts, which their reader has; by post, and those without any are missing. */
export class GetLinesOfPosts extends Query<ReadonlyMap<string, readonly TranslationLine[]>> {
  constructor(readonly postIds: readonly string[]) {
    super();
  }
}

/** What a list shows of a translation of a post. */
export interface TranslatedHead {
  readonly title: string;
  /** The beginning of the text, as that of a post whose author wrote no excerpt. */
  readonly excerptHtml: string;
}

/** The newest titles of these translations of posts whose titles are still those that were translated, and the beginnings of their texts, by their ids, from the first on as many as `mostBytes` of sealed texts hold. */
export class GetTranslatedTitles extends Query<ReadonlyMap<string, TranslatedHead>> {
  constructor(
    readonly ids: readonly string[],
    readonly mostBytes: number,
  ) {
    super();
  }
}

export class FindTranslation extends Query<StandingTranslation | null> {
  constructor(readonly translationId: string) {
    super();
  }
}

/** The newest text of one translation, whichever stands in its language; null for none, and for one whose key is destroyed. The caller asks as for `GetTranslations`. */
export class GetTranslationText extends Query<TranslationText | null> {
  constructor(
    readonly translationId: string,
    readonly original: string,
  ) {
    super();
  }
}

/** One that a moderator removed, until its translator has written it again. */
export interface RemovedTranslation extends MayBeUnreadable {
  readonly language: TranslationLanguage;
  readonly reason: TranslationReason;
  /** What the moderator wrote to whoever translated; null for nothing. */
  readonly statement: string | null;
  /** Whether the source is another than the one that it was made from: until then it cannot be written again. */
  readonly changed: boolean;
}

/** Those of this member, of a text: a comment or a post. */
export class GetRemovedTranslations extends Query<readonly RemovedTranslation[]> {
  constructor(
    readonly textId: string,
    readonly memberId: string,
  ) {
    super();
  }
}

/** The translations whose keys still exist, of these comments and by this member (null for nobody), taken away or not. */
export class GetTranslationKeys extends Query<readonly string[]> {
  constructor(readonly of: { readonly comments: readonly string[]; readonly writtenBy: string | null }) {
    super();
  }
}

/** The text of a translation as a page shows it, with when it was written: another one may have come meanwhile. */
export interface TranslationHtml {
  readonly id: string;
  readonly writtenAt: string;
  readonly bodyHtml: string;
}

/** The newest texts of these translations of comments, from the first on as many as `mostBytes` of sealed texts hold. */
export class GetTranslationHtml extends Query<readonly TranslationHtml[]> {
  constructor(
    readonly ids: readonly string[],
    readonly mostBytes: number,
  ) {
    super();
  }
}
