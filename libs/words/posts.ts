/** Kinds of post that are written here. */
export const WRITTEN_POST_KINDS = ['article', 'newsletter'] as const;
export type WrittenPostKind = (typeof WRITTEN_POST_KINDS)[number];

/** `page`: a page of another site. */
export const POST_KINDS = [...WRITTEN_POST_KINDS, 'page'] as const;
export type PostKind = (typeof POST_KINDS)[number];

/** Editors alone see `scheduled` and `withdrawn`. */
export const POST_STATUSES = ['published', 'scheduled', 'withdrawn'] as const;
export type PostStatus = (typeof POST_STATUSES)[number];

/** `read-only`: everybody reads and nobody writes, like `closed`, but announced as temporary. */
export const DISCUSSION_STATES = ['open', 'read-only', 'closed'] as const;
export type DiscussionState = (typeof DISCUSSION_STATES)[number];

/** UTF-16 code units in the address of a page of another site, as it is sent and as it is kept. */
export const MOST_PAGE_ADDRESS = 2_000;

/** The most pages whose comments are counted in one answer. */
export const MOST_PAGES_COUNTED = 100;
