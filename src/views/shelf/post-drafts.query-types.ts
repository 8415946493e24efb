import { Query } from '@nestjs/cqrs';
import type { DiffPart, Page, PostDraft, PostDraftSummary } from '../../../libs/client/index.ts';

/** An unpublished text of a post, with what its commands need. */
export interface KeptPostDraft extends PostDraft {
  readonly draftId: string;
  /** Whoever began it. */
  readonly memberId: string;
}

/** The unpublished text of a post; null where there is none, and where its key is gone. */
export class GetPostDraft extends Query<KeptPostDraft | null> {
  constructor(readonly postId: string) {
    super();
  }
}

/** Those of all editors, the newest first. Throws DomainError invalid (cursor). */
export class ListPostDrafts extends Query<Page<PostDraftSummary>> {
  constructor(readonly page: { readonly limit: number; readonly cursor: string | null }) {
    super();
  }
}

/** How many of a post were dropped so far, since the next one is another; and how many that the member began stand. */
export class CountPostDrafts extends Query<{ readonly dropped: number; readonly own: number }> {
  constructor(
    readonly postId: string,
    readonly memberId: string,
  ) {
    super();
  }
}

/** Those that a member began and whose keys still exist, dropped ones too. */
export class GetPostDraftKeys extends Query<readonly { readonly draftId: string; readonly stands: boolean }[]> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** The changes between two texts, by words; `key` names the two for ever. */
export class CompareTexts extends Query<readonly DiffPart[]> {
  constructor(
    readonly key: string,
    readonly texts: { readonly before: string; readonly after: string },
  ) {
    super();
  }
}

/** One text with every line of two, for a writer who makes one of them. */
export class JoinTexts extends Query<string> {
  constructor(readonly texts: { readonly theirs: string; readonly own: string }) {
    super();
  }
}
