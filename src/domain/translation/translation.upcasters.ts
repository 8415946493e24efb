import { type Fact, fieldsOf, type Upcasters } from '../../../libs/kernel/index.ts';
import type { TranslationReason, TranslationRemover } from '../../../libs/words/index.ts';
import type { OldCatalogue } from '../catalogue-entry.ts';
import { EVERY_REMOVAL, type TranslationData, type TranslationEvent } from './translation.events.ts';

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
    ...EVERY_REMOVAL,
    personal: null,
    readAs: 'TranslationRemoved.v2',
  },
};
