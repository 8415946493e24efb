import type { Fact } from '../../../libs/kernel/index.ts';
import { TRANSLATION_REASONS, type TranslationReason } from '../../../libs/words/index.ts';
import { anyOf, type Catalogue, MEANING } from '../catalogue-entry.ts';
import type { TranslationWritten } from '../translation/translation.events.ts';

/**
 * Stream `reported-translation-<translationId>-<memberId>`: a member reports each text of a translation once. The stream is
 * of the member alone, so that its words go with its key.
 */
export type TranslationReported = Fact<
  'TranslationReported.v1',
  Pick<TranslationWritten['data'], 'translationId' | 'postId' | 'commentId' | 'language'> & {
    readonly translatorId: string;
    /** The member who reports. */
    readonly memberId: string;
    readonly reason: TranslationReason;
    /** The revision of the translation that the report is about. */
    readonly revision: number;
  },
  /** The member's own words; empty for none. */
  { readonly note: string }
>;

export type TranslationReportEvent = TranslationReported;

export const TRANSLATION_REPORT_EVENTS: Catalogue<TranslationReportEvent> = {
  'TranslationReported.v1': {
    stream: 'reported-translation-<translationId>-<memberId>',
    sentence: 'A member complained about a translation; once about each text of it.',
    data: {
      translationId: 'The translation.',
      postId: MEANING.post,
      commentId: 'The comment that is translated, or null for the post itself.',
      language: 'The language that it is translated into (BCP 47).',
      translatorId: 'Who translated.',
      memberId: 'Who complained.',
      reason: `${anyOf(TRANSLATION_REASONS)}.`,
      revision: 'The revision of the text that was complained about.',
    },
    personal: { note: "The member's own words; empty for none." },
  },
};
