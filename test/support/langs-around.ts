const EMPTY = new Set('area base br col embed hr img input link meta source track wbr path use circle rect'.split(' '));
/** What these hold is no text of the page. */
const NO_TEXT = new Set(['script', 'style', 'title', 'textarea', 'option']);
const PIECES = /<(\/?)([a-z][\w-]*)((?:[^>"]|"[^"]*")*)>|([^<]+)/g;

/** The nearest `lang` around each place of a page where these words stand. */
export function langsAround(html: string, words: string): readonly (string | undefined)[] {
  const open: { readonly name: string; readonly lang: string | undefined }[] = [];
  const found: (string | undefined)[] = [];
  for (const [, closing, name = '', attributes = '', text = ''] of html.matchAll(PIECES)) {
    if (text.includes(words) && !open.some((one) => NO_TEXT.has(one.name)))
      found.push(open.findLast(({ lang }) => lang !== undefined)?.lang);
    if (name === '' || EMPTY.has(name) || attributes.endsWith('/')) continue;
    const begun = open.findLastIndex((one) => one.name === name);
    if (closing === '') open.push({ name, lang: /(?:^|\s)lang="([^"]*)"/.exec(attributes)?.[1] });
    else if (begun !== -1) open.length = begun;
  }
  return found;
}
