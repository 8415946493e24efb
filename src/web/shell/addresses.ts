/** The addresses of pages of other screens. */

export const postHref = (post: { readonly slug: string }): string => `/posts/${encodeURIComponent(post.slug)}`;
export const tagHref = (tag: string): string => `/tags/${encodeURIComponent(tag)}`;
export const memberHref = (member: { readonly handle: string }): string =>
  `/members/${encodeURIComponent(member.handle)}`;
export const recordHref = (handle: string): string => `/moderation/members/${encodeURIComponent(handle)}`;
/** Where the newsletter is asked for. */
export const NEWSLETTER_PATH = '/newsletter';
