import type { ReadTranslations, TranslatableText } from '../../acts/translating.ts';
import { postHref } from '../shell/addresses.ts';

export interface TranslatedPlaces {
  readonly kind: TranslatableText['kind'];
  /** Where the translations are, and their forms are sent. */
  readonly form: string;
  /** Where the text stands itself. */
  readonly back: string;
}

/** Where a text and its translations are found. */
export function translatedPlaces({ text }: Pick<ReadTranslations, 'text'>): TranslatedPlaces {
  const { kind } = text;
  const back = kind === 'comment' ? `/comments/${text.comment.id}` : postHref(text.post);
  return { kind, form: `${back}/translations`, back };
}
