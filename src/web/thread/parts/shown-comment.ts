import type { Comment, TranslationLine } from '../../../../libs/client/shapes.ts';
import { type ReportReason, toldByScript } from '../../../../libs/words/index.ts';
import { headWithoutTags } from '../../shell/without-tags.ts';
import type { ReadsInPart } from './read-in-part.ts';

/** The state of an own comment that the server has not acknowledged. */
export type Delivery =
  | { readonly kind: 'sending' }
  /** It is sent by itself later; without a reason, when there is a connection. */
  | { readonly kind: 'waiting'; readonly reason: string | null }
  | {
      readonly kind: 'refused';
      readonly reason: string;
      /** True when there was no session any more: its writer may sign in again. */
      readonly isSignedOut: boolean;
      readonly isSuspended?: true;
    };

/** A comment as the page shows it: a stored one, or one's own on its way. */
export interface ShownComment extends Comment {
  readonly delivery?: Delivery;
  /** The reason for which staff removed it, told to its author alone; null where none was given. */
  readonly removedFor?: ReportReason | null;
}

/** Whether one of these members wrote it. */
export function isBy({ author }: Pick<Comment, 'author'>, memberIds: ReadonlySet<string>): boolean {
  return author !== null && author.id !== null && memberIds.has(author.id);
}

/** What is asked of languages for a viewer who reads some alone; absent for who reads all. */
export interface ReadsSome {
  readonly reads?: readonly string[];
  /** A program that only their pages need. It is no part of what a page tells the browser. */
  readonly readsInPart?: ReadsInPart;
}

/** Whether its viewer reads nothing of it: nobody's own comment is so, nor one whose language is not known. */
export function isInOtherLanguage(
  { language, author, bodyHtml }: Pick<Comment, 'language' | 'author' | 'bodyHtml'>,
  { reads, viewer, readsInPart }: ReadsSome & { readonly viewer: { readonly memberId: string } | null },
): boolean {
  if (reads === undefined || language === undefined || reads.includes(language)) return false;
  if (viewer !== null && author?.id === viewer.memberId) return false;
  return !readsInPart?.(bodyHtml ?? '', { language, reads }, { toldByScript, headWithoutTags });
}

/** Its translations that the viewer reads. */
export function readTranslations(
  { translations = [] }: Pick<Comment, 'translations'>,
  { reads = [] }: { readonly reads?: readonly string[] },
): readonly TranslationLine[] {
  return translations.filter(({ language }) => reads.includes(language));
}

/** The text of a translation, written at a time. */
export interface TextAtOnce {
  readonly id: string;
  readonly writtenAt: string;
  readonly bodyHtml: string;
}

/** By comment. */
export type TranslatedAtOnce = Readonly<Record<string, TextAtOnce>>;

/** The translation that stands with a comment without being asked for: in the viewer's own language first, and of the newest text. */
export function lineAtOnce(
  comment: Pick<Comment, 'language' | 'author' | 'bodyHtml' | 'translations'>,
  page: Parameters<typeof isInOtherLanguage>[1] & { readonly locale: string },
): TranslationLine | undefined {
  if (comment.translations === undefined || !isInOtherLanguage(comment, page)) return undefined;
  return likeliest(readTranslations(comment, page), page.locale);
}

/** Of several that a reader reads: one of the text as it is before a stale one, and of those the one in the reader's own language. */
export function likeliest(lines: readonly TranslationLine[], locale: string): TranslationLine | undefined {
  const current = lines.filter(({ stale = false }) => !stale);
  const among = current.length > 0 ? current : lines;
  return among.find(({ language }) => language === locale) ?? among[0];
}

/** The translation that stands with a comment, unless it was changed or taken away since. */
export function translatedAtOnce(
  { id, translations = [] }: Pick<Comment, 'id' | 'translations'>,
  translated: TranslatedAtOnce | undefined,
): { readonly line: TranslationLine; readonly text: TextAtOnce } | null {
  const text = translated?.[id];
  const line = translations.find((one) => one.id === text?.id && one.writtenAt === text.writtenAt);
  return text && line ? { line, text } : null;
}

/** False for an empty place in the tree. A text can be there without an author, who left and let it stay. */
export function hasText({ body, bodyHtml }: ShownComment): boolean {
  return body !== null || bodyHtml !== null;
}
