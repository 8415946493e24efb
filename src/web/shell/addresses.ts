/** Where pages of other screens stand, for those who lead there. */

export const postHref = (post: { readonly slug: string }): string => `/posts/${encodeURIComponent(post.slug)}`;
export const tagHref = (tag: string): string => `/tags/${encodeURIComponent(tag)}`;
export const recordHref = (handle: string): string => `/moderation/members/${encodeURIComponent(handle)}`;
