/** The addresses of pages of other screens. */

export const postHref = (post: { readonly slug: string }): string => `/posts/${encodeURIComponent(post.slug)}`;
/** All withdrawn posts, for editors. */
export const WITHDRAWN_PATH = '/write/withdrawn';
/** Where editors are asked whether to withdraw a post. */
export const withdrawPath = (post: { readonly slug: string }): string => `${postHref(post)}/withdraw`;
/** Where they are asked whether to bring it back. */
export const bringBackPath = (post: { readonly slug: string }): string => `${postHref(post)}/bring-back`;
export const tagHref = (tag: string): string => `/tags/${encodeURIComponent(tag)}`;
export const memberHref = (member: { readonly handle: string }): string =>
  `/members/${encodeURIComponent(member.handle)}`;
export const recordHref = (handle: string): string => `/moderation/members/${encodeURIComponent(handle)}`;
/** Where the newsletter is asked for. */
export const NEWSLETTER_PATH = '/newsletter';
/** Every issue that has appeared. */
export const NEWSLETTER_ARCHIVE_PATH = '/newsletter/archive';
/** All issues, for editors. */
export const ISSUES_PATH = '/newsletter/issues';
/** The sites whose pages are discussed here. */
export const SITES_PATH = '/archive/sites';

/** The list of a site's discussed pages, by its origin. */
export function siteHref(site: string, cursor: string | null = null): string {
  return `${SITES_PATH}?${new URLSearchParams({ site, ...(cursor === null ? {} : { cursor }) })}`;
}
