import { type Fact, fieldsOf, type Upcasters } from '../../../libs/kernel/index.ts';
import {
  TRANSLATION_REASONS,
  TRANSLATION_REMOVERS,
  type TranslationReason,
  type TranslationRemover,
} from '../../../libs/words/index.ts';
import { anyOf, type OldCatalogue } from '../catalogue-entry.ts';
import {
  TRANSLATION_DATA,
  TRANSLATION_STREAM,
  type TranslationData,
  type TranslationEvent,
} from './translation.events.ts';

/** In this version a moderator had no words for whoever translated. */
export type TranslationRemovedV1 = Fact<
  'TranslationRemoved.v1',
  TranslationData & { readonly by: TranslationRemover; readonly reason: TranslationReason | null },
  null
>;

export type OldTranslationEvent = TranslationRemovedV1;

export const translationUpcasters: Upcasters<OldTranslationEvent['type']> = {
  'TranslationRemoved.v1': ({ data }) => ({ type: 'TranslationRemoved.v2', data: fieldsOf(data), personal: null }),
};

export const OLD_TRANSLATION_EVENTS: OldCatalogue<OldTranslationEvent, TranslationEvent> = {
  'TranslationRemoved.v1': {
    stream: TRANSLATION_STREAM,
    sentence: 'A translation was taken away, and readers see none of its texts any more.',
    data: {
      ...TRANSLATION_DATA,
      by: `${anyOf(TRANSLATION_REMOVERS)}.`,
      reason: `Why a moderator removed it (${anyOf(TRANSLATION_REASONS)}), or null.`,
    },
    personal: null,
    readAs: 'TranslationRemoved.v2',
  },
};
