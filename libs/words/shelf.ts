/** What members keep for themselves, on all their devices. */

/** The unsent texts of a member; another one is refused. */
export const MOST_DRAFTS = 20;
/** Days after which an unsent text that nobody touched is forgotten. */
export const DRAFT_DAYS = 90;
/** The unpublished texts of posts that a member began; another one is refused. */
export const MOST_POST_DRAFTS = 50;
/** On one page of their list. */
export const MOST_POST_DRAFTS_PER_PAGE = 20;
/** The links to one post by which people without an account read it before it is published; another one is refused. */
export const MOST_PREVIEWS = 20;
/** Days after which such a link ends, unless another number is asked for, and the most. */
export const PREVIEW_DAYS = 30;
export const MOST_PREVIEW_DAYS = 365;
export const MOST_BOOKMARKS = 1_000;

/** Whether a draft can be sent where it was begun: the discussion may be closed, or what it answers may be gone. */
export const DRAFT_PLACES = ['open', 'closed', 'gone'] as const;
export type DraftPlaceState = (typeof DRAFT_PLACES)[number];
