import type { Fact } from '../../../libs/kernel/index.ts';
import {
  TRANSLATION_REASONS,
  TRANSLATION_REMOVERS,
  type TranslationReason,
  type TranslationRemover,
} from '../../../libs/words/index.ts';
import { anyOf, type Catalogue, MEANING } from '../catalogue-entry.ts';

export interface TranslationData {
  readonly translationId: string;
  readonly postId: string;
  /** Null for a translation of the post itself. */
  readonly commentId: string | null;
  /** BCP 47. */
  readonly language: string;
  /** Who translated. */
  readonly memberId: string;
}

/**
 * Stream `translation-<translationId>`: what one member makes of one text in one language, each text of it an event. It is
 * bound to the event that holds the translated text, so that everybody can tell what it was made from; a hash of the text
 * itself would outlive its erasure.
 */
export type TranslationWritten = Fact<
  'TranslationWritten.v1',
  TranslationData & {
    /** The revision of the translated text in its own stream. */
    readonly sourceRevision: number;
    /** The entry of that event in the log: base64 of SHA-256 over its line (DESIGN, section 11). */
    readonly sourceHash: string;
  },
  /** The title is empty for a comment. */
  { readonly title: string; readonly body: string }
>;
export type TranslationRemoved = Fact<
  'TranslationRemoved.v2',
  TranslationData & { readonly by: TranslationRemover; readonly reason: TranslationReason | null },
  /** What a moderator wrote to whoever translated; null for nothing. */
  { readonly statement: string } | null
>;

/** Reports that are not among them stay open. */
export type TranslationReportsDismissed = Fact<
  'TranslationReportsDismissed.v1',
  TranslationData & {
    /** The revision of the text that the moderator saw and kept. */
    readonly revision: number;
    /** Each by the member who reported, and the revision that it is about. */
    readonly reports: readonly { readonly memberId: string; readonly revision: number }[];
  },
  null
>;

export type TranslationEvent = TranslationWritten | TranslationRemoved | TranslationReportsDismissed;

export const TRANSLATION_STREAM = 'translation-<translationId>';

export const TRANSLATION_DATA = {
  translationId: 'The translation: one for each text, language and member.',
  postId: MEANING.post,
  commentId: 'The comment that is translated, or null for the post itself.',
  language: 'The language that it is translated into (BCP 47).',
  memberId: 'Who translated, and with whose erasure the words go.',
};

/** What every version of a removal tells. */
export const EVERY_REMOVAL = {
  stream: TRANSLATION_STREAM,
  sentence: 'A translation was taken away, and readers see none of its texts any more.',
  data: {
    ...TRANSLATION_DATA,
    by: `${anyOf(TRANSLATION_REMOVERS)}.`,
    reason: `Why a moderator removed it (${anyOf(TRANSLATION_REASONS)}), or null.`,
  },
} as const;

export const TRANSLATION_EVENTS: Catalogue<TranslationEvent> = {
  'TranslationWritten.v1': {
    stream: TRANSLATION_STREAM,
    sentence: 'A member translated a post or a comment, or changed what it had translated.',
    data: {
      ...TRANSLATION_DATA,
      sourceRevision: 'The revision of the translated text, in the stream of the comment or post.',
      sourceHash: 'The entry of that event: SHA-256 of its line, base64.',
    },
    personal: {
      title: 'The title of the post in the other language; empty for a comment.',
      body: 'The whole text in the other language, as Markdown.',
    },
  },
  'TranslationRemoved.v2': {
    ...EVERY_REMOVAL,
    personal: { statement: 'What the moderator wrote to whoever translated; without it there is no personal part.' },
  },
  'TranslationReportsDismissed.v1': {
    stream: TRANSLATION_STREAM,
    sentence: 'A moderator kept a translation that members had complained about.',
    data: {
      ...TRANSLATION_DATA,
      revision: 'The revision of the text that the moderator saw and kept.',
      reports: 'The complaints that this answers, each by who complained and the revision that it is about.',
    },
    personal: null,
  },
};
