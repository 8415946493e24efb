/** What Disqus kept where a blog's template never filled in the title of its page. */
const UNFILLED = /^#*\s*disqus_?title\s*[#*]*$/i;

/** The title of a thread's page; empty where it has none of its own. */
export function disqusTitle(title: string): string {
  return UNFILLED.test(title.trim()) ? '' : title;
}
