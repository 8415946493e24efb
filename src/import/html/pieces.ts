/**
 * The characters up to which HTML is read as one tree, which takes some hundred times the memory of its text. No
 * person's text is longer.
 */
const MOST_WHOLE = 256 * 1024;
/** Characters after which a longer text is cut at the next place where nothing is open. */
const PIECE = 64 * 1024;

/** Elements that hold others and need an end tag: none of them may be cut. */
const HOLDERS = new Set(
  `a address article aside b blockquote caption center cite code del details div dl em fieldset figcaption figure footer form
  header i ins main mark nav object ol pre q s section small span strike strong sub summary sup table tt u ul`.split(
    /\s+/,
  ),
);
/** Where one block ends and the next begins. */
const SEAMS = new Set(
  'address article blockquote div dl figure footer h1 h2 h3 h4 h5 h6 header hr ol p pre section table ul'.split(' '),
);
const MARKS = /<!--|-->|<(\/?)([a-z][a-z0-9]*)(?=[\s/>])|\n[ \t]*\n/gi;

/**
 * The most elements open at once: an HTML reader checks all open elements at each new one, so the time grows with the
 * square.
 */
const MOST_OPEN = 1_000;

/** True for HTML nested deeper than any person's: mostly a tag that begins again and again and never ends. */
export function isTooDeep(html: string): boolean {
  let open = 0;
  for (const { 1: slash, 2: name = '' } of html.matchAll(MARKS)) {
    if (!HOLDERS.has(name.toLowerCase())) continue;
    open = Math.max(0, open + (slash === '' ? 1 : -1));
    if (open > MOST_OPEN) return true;
  }
  return false;
}

/** Images that stand in the text itself are not brought, and would be cut. */
const DATA = /(["'])data:[^"'<>\s]{1000,}\1/gi;

/**
 * A text of usual length unchanged, a longer one in pieces that end between two blocks. Where no such place exists,
 * since a tag was never closed, it is cut before another tag, or anywhere.
 */
export function* htmlPieces(html: string): Iterable<string> {
  if (html.length <= MOST_WHOLE) {
    yield html;
    return;
  }
  const light = html.replace(DATA, '$1data:,$1');
  let start = 0;
  for (const at of cutsOf(light)) {
    yield light.slice(start, at);
    start = at;
  }
  if (start < light.length) yield light.slice(start);
}

function* cutsOf(html: string): Iterable<number> {
  let start = 0;
  let open = 0;
  let isComment = false;
  for (const { index, 0: mark, 1: slash, 2: name = '' } of html.matchAll(MARKS)) {
    for (; index - start > MOST_WHOLE; open = 0) {
      start += MOST_WHOLE;
      yield start;
    }
    const isSeam =
      !isComment && open === 0 && (mark.startsWith('\n') || (slash === '' && SEAMS.has(name.toLowerCase())));
    if (isSeam && index - start >= PIECE) {
      yield index;
      start = index;
    }
    if (mark === '<!--' || mark === '-->') isComment = mark === '<!--';
    else if (!isComment && HOLDERS.has(name.toLowerCase())) open = Math.max(0, open + (slash === '' ? 1 : -1));
  }
  for (start += MOST_WHOLE; start < html.length; start += MOST_WHOLE) yield start;
}
