/** Stands for the forum where only the path matters. */
const HERE = 'http://forum.invalid';
const LONGEST = 2_000;
/** A frame's path has the whole address and title of the page around it. */
const LONGEST_OF_FRAME = 8_000;

/** A path of this forum, from a form, a query or a request; anything else (another site, a scheme) becomes the home page. */
export function ownPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/')) return '/';
  if (next.length > (next.startsWith('/embed?') ? LONGEST_OF_FRAME : LONGEST)) return '/';
  const path = pathIn(next);
  // Without its dots `/..//evil.example` is an address of another site, so the answer is parsed as a browser parses it.
  return path !== null && pathIn(path) === path ? path : '/';
}

/** Null for a path with which a browser would leave the forum. */
function pathIn(text: string): string | null {
  const url = URL.canParse(text, HERE) ? new URL(text, HERE) : null;
  return url?.origin === HERE ? `${url.pathname}${url.search}${url.hash}` : null;
}
