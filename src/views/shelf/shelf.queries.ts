import type { Page } from '../../../libs/client/index.ts';
import { isErased } from '../../../libs/kernel/index.ts';
import { statement, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { answering } from '../answering.ts';
import { readNumberCursor, writeNumberCursor } from '../cursor.ts';
import { idBytes, idText } from '../ids.ts';
import { moment } from '../moment.ts';
import { openedTextIn } from '../rows.ts';
import { Bookmarkers } from './bookmarkers.ts';
import { draftKeysOf } from './door/draft-keys.ts';
import { Draftless } from './draftless.ts';
import {
  CountDropped,
  GetDraftKeys,
  GetKeptBookmarks,
  GetKeptDrafts,
  GetOldDrafts,
  GetStandingBookmarks,
  HasBookmarks,
  type KeptBookmark,
  type KeptDraft,
} from './shelf.query-types.ts';

interface DraftRow {
  readonly place: Buffer;
  readonly id: Buffer;
  readonly n: string;
  readonly at: number;
  readonly sealed: Buffer;
}

interface BookmarkRow {
  readonly n: string;
  readonly at: number;
  readonly sealed: Buffer | null;
}

interface ShelfParts {
  readonly views: Views;
  readonly vault: Vault;
}

const draftsOf = statement<DraftRow>(`
  SELECT place, id, CAST(n AS TEXT) AS n, at, sealed FROM draft
  WHERE member = ? AND sealed IS NOT NULL ORDER BY draft.n DESC`);
const oldDrafts = statement<Pick<DraftRow, 'place' | 'id'> & { readonly member: Buffer }>(
  'SELECT member, place, id FROM draft WHERE sealed IS NOT NULL AND at < ? ORDER BY at, n LIMIT ?',
);
const droppedAt = statement<{ readonly dropped: number }>('SELECT dropped FROM draft WHERE member = ? AND place = ?');
const bookmarksOf = statement<BookmarkRow>(`
  SELECT CAST(n AS TEXT) AS n, at, sealed FROM bookmark WHERE member = ? AND n < ? ORDER BY bookmark.n DESC LIMIT ?`);
const bookmarkBy = statement<{ readonly n: number }>('SELECT n FROM bookmark WHERE id = ?');

/** Larger than every position. */
const BEYOND_ALL = 2n ** 63n - 1n;

export const shelfQueries = [
  Draftless,
  answering(GetKeptDrafts, { views: VIEWS, vault: VAULT, draftless: Draftless }, ({ memberId }, parts) =>
    keptDrafts(memberId, parts),
  ),
  answering(GetOldDrafts, { views: VIEWS }, ({ before, limit }, { views }) =>
    oldDrafts(views.db('shelf'))
      .all(before, limit)
      .map(({ member, place, id }) => ({ memberId: idText(member), draftId: idText(id), placeId: idText(place) })),
  ),
  answering(CountDropped, { views: VIEWS }, ({ memberId, placeId }, { views }) => {
    return droppedAt(views.db('shelf')).get(idBytes(memberId), idBytes(placeId))?.dropped ?? 0;
  }),
  answering(GetDraftKeys, { views: VIEWS }, ({ memberId }, { views }) => draftKeysOf(views, memberId)),
  answering(GetKeptBookmarks, { views: VIEWS, vault: VAULT }, keptBookmarks),
  Bookmarkers,
  answering(HasBookmarks, { bookmarkers: Bookmarkers }, ({ memberId }, { bookmarkers }) => bookmarkers.has(memberId)),
  answering(GetStandingBookmarks, { views: VIEWS }, ({ bookmarkIds }, { views }) => {
    const db = views.db('shelf');
    return new Set(bookmarkIds.filter((id) => bookmarkBy(db).get(idBytes(id)) !== undefined));
  }),
];

async function keptDrafts(
  memberId: string,
  { views, vault, draftless }: ShelfParts & { readonly draftless: Draftless },
): Promise<readonly KeptDraft[]> {
  if (draftless.has(memberId)) return [];
  const rows = draftsOf(views.db('shelf')).all(idBytes(memberId));
  if (rows.length === 0) draftless.add(memberId);
  const opened = await Promise.all(rows.map((row) => keptDraft(row, vault)));
  return opened.filter((draft) => draft !== null);
}

async function keptDraft({ place, id, n, at, sealed }: DraftRow, vault: Vault): Promise<KeptDraft | null> {
  const draftId = idText(id);
  const personal = await vault.open(sealed, { stream: `draft-${draftId}`, type: 'DraftKept.v1' });
  if (isErased(personal)) return null;
  const [postId, body] = [openedTextIn(personal, 'postId'), openedTextIn(personal, 'body')];
  if (postId === null || body === null) return null;
  const [parentId, commentId] = [openedTextIn(personal, 'parentId'), openedTextIn(personal, 'commentId')];
  const where = { postId, parentId, commentId };
  return { ...where, draftId, placeId: idText(place), body, position: BigInt(n), keptAt: moment(at) };
}

async function keptBookmarks(
  { memberId, page: { limit, cursor } }: GetKeptBookmarks,
  { views, vault }: ShelfParts,
): Promise<Page<KeptBookmark>> {
  const list = `bookmarks ${memberId}`;
  const before = cursor === null ? BEYOND_ALL : readNumberCursor(cursor, list);
  const rows = bookmarksOf(views.db('shelf')).all(idBytes(memberId), before, limit + 1);
  const shown = rows.slice(0, limit);
  const opened = await Promise.all(shown.map((row) => keptBookmark(row, memberId, vault)));
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const next = last === undefined ? null : writeNumberCursor(BigInt(last.n), list);
  return { items: opened.filter((bookmark) => bookmark !== null), next };
}

async function keptBookmark({ at, sealed }: BookmarkRow, memberId: string, vault: Vault): Promise<KeptBookmark | null> {
  if (sealed === null) return null;
  const personal = await vault.open(sealed, { stream: `bookmarks-${memberId}`, type: 'BookmarkAdded.v1' });
  const postId = isErased(personal) ? null : openedTextIn(personal, 'postId');
  if (postId === null) return null;
  return { postId, commentId: openedTextIn(personal, 'commentId'), addedAt: moment(at) };
}
