import type { Comment, TranslationLine } from '../../../../libs/client/shapes.ts';
import { likeliest } from '../../shell/likeliest-translation.ts';
import type { ThreadPageInfo } from './context.ts';
import { readsInPart } from './read-in-part.ts';
import type { TextAtOnce, TranslatedAtOnce } from './shown-comment.ts';

/** The languages that a viewer reads; absent for all. */
type ReadsSome = Pick<ThreadPageInfo, 'reads'>;

/** Whether its viewer reads nothing of it: nobody's own comment is so, nor one whose language is not known. */
export function isInOtherLanguage(
  { language, author, bodyHtml }: Pick<Comment, 'language' | 'author' | 'bodyHtml'>,
  { reads, viewer }: ReadsSome & { readonly viewer: { readonly memberId: string } | null },
): boolean {
  if (reads === undefined || language === undefined || reads.includes(language)) return false;
  if (viewer !== null && author?.id === viewer.memberId) return false;
  return !readsInPart(bodyHtml ?? '', { language, reads });
}

/** Its translations that the viewer reads. */
export function readTranslations(
  { translations = [] }: Pick<Comment, 'translations'>,
  { reads = [] }: ReadsSome,
): readonly TranslationLine[] {
  return translations.filter(({ language }) => reads.includes(language));
}

/** The translation that stands with a comment without being asked for: in the viewer's own language first, and of the newest text. */
export function lineAtOnce(
  comment: Pick<Comment, 'language' | 'author' | 'bodyHtml' | 'translations'>,
  page: Parameters<typeof isInOtherLanguage>[1] & { readonly locale: string },
): TranslationLine | undefined {
  if (comment.translations === undefined || !isInOtherLanguage(comment, page)) return undefined;
  return likeliest(readTranslations(comment, page), page.locale);
}

/** The translation that stands with a comment, unless it was taken away since; the line tells whether it was changed. */
export function translatedAtOnce(
  { id: commentId, translations = [] }: Pick<Comment, 'id' | 'translations'>,
  translated: TranslatedAtOnce | undefined,
): { readonly line: TranslationLine; readonly text: TextAtOnce } | null {
  const text = translated?.[commentId];
  const line = translations.find(({ id }) => id === text?.id);
  return text && line ? { line, text } : null;
}
