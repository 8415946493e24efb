import type { ReadTranslations } from '../../acts/translating.ts';
import { postHref } from '../shell/addresses.ts';

/** Where the forms of a text's translations are sent, and where the text stands itself. */
export function translatedPlaces({ text }: Pick<ReadTranslations, 'text'>): {
  readonly form: string;
  readonly back: string;
} {
  const back = text.kind === 'comment' ? `/comments/${text.comment.id}` : postHref(text.post);
  return { form: `${back}/translations`, back };
}
