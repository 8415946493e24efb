import { Query } from '@nestjs/cqrs';
import type { Page } from '../../../libs/client/index.ts';
import { changesOf, type Projected } from '../../../libs/projections/index.ts';
import type { BookmarkTarget } from '../../domain/bookmark/bookmark.events.ts';
import type { DraftPlace } from '../../domain/draft/draft.events.ts';
import type { Visit } from '../../domain/visit/visit.events.ts';

export type { ReadUpTo, Visit } from '../../domain/visit/visit.events.ts';

/** Who has read on in a discussion, or has that kept otherwise from now on. */
interface HasRead {
  readonly readerId: string;
}
/** Who keeps a draft, from now on or again. */
interface KeepsDraft {
  readonly drafterId: string;
}
/** Who marks something, or marks it no more. */
interface Marks {
  readonly markerId: string;
}
export type ShelfProjected = HasRead | KeepsDraft | Marks;

const allChanges = changesOf<ShelfProjected>('shelf');

export function shelfChanges(projected: readonly Projected[]): readonly HasRead[] {
  return allChanges(projected).filter((change) => 'readerId' in change);
}

export function draftChanges(projected: readonly Projected[]): readonly KeepsDraft[] {
  return allChanges(projected).filter((change) => 'drafterId' in change);
}

export function bookmarkChanges(projected: readonly Projected[]): readonly Marks[] {
  return allChanges(projected).filter((change) => 'markerId' in change);
}

/** An unsent text as it was kept; what became of its place is another question. */
export interface KeptDraft extends DraftPlace {
  readonly draftId: string;
  readonly placeId: string;
  readonly body: string;
  readonly position: bigint;
  /** RFC 3339. */
  readonly keptAt: string;
}

/** The unsent texts of a member, newest first. One whose key is gone is none. */
export class GetKeptDrafts extends Query<readonly KeptDraft[]> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** How many drafts of a place were dropped so far: the next one is another. */
export class CountDropped extends Query<number> {
  constructor(
    readonly memberId: string,
    readonly placeId: string,
  ) {
    super();
  }
}

/** The drafts of a member whose keys still exist, dropped ones too. */
export class GetDraftKeys extends Query<readonly string[]> {
  constructor(readonly memberId: string) {
    super();
  }
}

export interface OldDraft {
  readonly memberId: string;
  readonly draftId: string;
  readonly placeId: string;
}

/** Drafts that were last kept before a moment (milliseconds since 1970), the oldest first. */
export class GetOldDrafts extends Query<readonly OldDraft[]> {
  constructor(
    readonly before: number,
    readonly limit: number,
  ) {
    super();
  }
}

export interface KeptBookmark extends BookmarkTarget {
  /** RFC 3339. */
  readonly addedAt: string;
}

/** Newest first. Throws DomainError invalid (cursor). */
export class GetKeptBookmarks extends Query<Page<KeptBookmark>> {
  constructor(
    readonly memberId: string,
    readonly page: { readonly limit: number; readonly cursor: string | null },
  ) {
    super();
  }
}

/** Whether the member has any. */
export class HasBookmarks extends Query<boolean> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** Those of the bookmarks that stand. */
export class GetStandingBookmarks extends Query<ReadonlySet<string>> {
  constructor(readonly bookmarkIds: readonly string[]) {
    super();
  }
}

/** The discussions as a member left them, by the ids of the visits; those that are not kept are missing. */
export class GetVisits extends Query<ReadonlyMap<string, Visit>> {
  constructor(
    readonly memberId: string,
    readonly visitIds: readonly string[],
  ) {
    super();
  }
}

export class AreVisitsKept extends Query<boolean> {
  constructor(readonly memberId: string) {
    super();
  }
}

/**
 * The comments of others than these members that readers first saw after a position, oldest first: those that everybody can read now, 50 at
 * most.
 */
export class GetNewComments extends Query<readonly string[]> {
  constructor(readonly sought: { readonly postId: string; readonly after: bigint; readonly notBy: readonly string[] }) {
    super();
  }
}
