import type { Comment, TranslationLine } from '../../../../libs/client/shapes.ts';
import type { ReportReason } from '../../../../libs/words/index.ts';
import { readsInPart } from './read-in-part.ts';

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

/** Whether its viewer reads nothing of it: nobody's own comment is so, nor one whose language is not known. */
export function isInOtherLanguage(
  { language, author, bodyHtml }: Pick<Comment, 'language' | 'author' | 'bodyHtml'>,
  { reads, viewer }: { readonly reads?: readonly string[]; readonly viewer: { readonly memberId: string } | null },
): boolean {
  if (reads === undefined || language === undefined || reads.includes(language)) return false;
  if (viewer !== null && author?.id === viewer.memberId) return false;
  return !readsInPart(bodyHtml ?? '', { language, reads });
}

/** Its translations that the viewer reads. */
export function readTranslations(
  { translations = [] }: Pick<Comment, 'translations'>,
  { reads = [] }: { readonly reads?: readonly string[] },
): readonly TranslationLine[] {
  return translations.filter(({ language }) => reads.includes(language));
}

/** False for an empty place in the tree. A text can be there without an author, who left and let it stay. */
export function hasText({ body, bodyHtml }: ShownComment): boolean {
  return body !== null || bodyHtml !== null;
}
