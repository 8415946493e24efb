import { Command } from '../../../libs/kernel/index.ts';
import type { PostDraftContent } from './post-draft.events.ts';

interface OfPost {
  readonly postId: string;
  readonly draftId: string;
  /** Whoever began the draft. */
  readonly memberId: string;
}

/** `over` is the position of the text that the writer saw last; null for none. */
export class KeepPostDraft extends Command<
  OfPost & { readonly content: PostDraftContent; readonly over: bigint | null }
> {
  readonly type = 'KeepPostDraft';
}

/** Refused where somebody kept a newer text than that at `over`. */
export class DropPostDraft extends Command<OfPost & { readonly over: bigint }> {
  readonly type = 'DropPostDraft';
}

export type PostDraftCommand = KeepPostDraft | DropPostDraft;
