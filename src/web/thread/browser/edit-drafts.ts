import type { DraftSpot } from '../../../../libs/client/shelf-shapes.ts';
import { draftPrefix, keep, kept, keptUnder } from '../../shell/browser/kept.ts';

/** The text of an edit that is not saved yet. */
export interface EditDraft {
  readonly body: string;
  /** Of the comment that was edited. */
  readonly revision: number;
  /** The writer saved it, but it has not reached the forum: it is sent once there is a connection. */
  readonly isWaiting: boolean;
}

/** Where the browser keeps the position of the draft that this device saw last, of a new comment, an answer or an edit. */
export function seenKey(memberId: string, postId: string, { parentId, commentId }: Partial<DraftSpot>): string {
  return `${draftPrefix(memberId, postId)}seen:${commentId ? `edit ${commentId}` : (parentId ?? '')}`;
}

/** The unsaved edits of one member below one post, one for each comment. */
export class EditDrafts {
  readonly #prefix: string;

  constructor(memberId: string, postId: string) {
    this.#prefix = `${draftPrefix(memberId, postId)}edit:`;
  }

  /** Null when there is none. */
  read(commentId: string): EditDraft | null {
    return draftIn(kept(this.#prefix + commentId));
  }

  write(commentId: string, draft: EditDraft | null): void {
    keep(this.#prefix + commentId, draft && JSON.stringify(draft));
  }

  /** The comments that have one. */
  get commentIds(): readonly string[] {
    return keptUnder(this.#prefix);
  }
}

/** Null for a malformed draft. */
function draftIn(text: string | null): EditDraft | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { body, revision, isWaiting }: Partial<Record<keyof EditDraft, unknown>> = value;
    if (typeof body !== 'string' || typeof revision !== 'number') return null;
    return { body, revision, isWaiting: isWaiting === true };
  } catch {
    return null;
  }
}
