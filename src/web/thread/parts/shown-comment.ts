import type { Comment } from '../../../../libs/client/shapes.ts';
import type { ReportReason } from '../../../../libs/words/index.ts';

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

/** The text of a translation, written at a time. */
export interface TextAtOnce {
  readonly id: string;
  readonly writtenAt: string;
  readonly bodyHtml: string;
}

/** By comment. */
export type TranslatedAtOnce = Readonly<Record<string, TextAtOnce>>;

/** False for an empty place in the tree. A text can be there without an author, who left and let it stay. */
export function hasText({ body, bodyHtml }: ShownComment): boolean {
  return body !== null || bodyHtml !== null;
}
