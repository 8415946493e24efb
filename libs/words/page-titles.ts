import { composed } from './composed.ts';
import { TEXT_LIMITS } from './limits.ts';

/**
 * A text needs one of these characters to be visible; spaces, marks and format characters alone are not, nor are the
 * letters that fonts leave out, such as the Hangul fillers, and the blank of Braille.
 */
export const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;

/** What opens an embedding, override or isolate of UAX #9, with what closes it. */
export const DIRECTION_CLOSED_BY: ReadonlyMap<string, string> = new Map([
  ['\u202a', '\u202c'],
  ['\u202b', '\u202c'],
  ['\u202d', '\u202c'],
  ['\u202e', '\u202c'],
  ['\u2066', '\u2069'],
  ['\u2067', '\u2069'],
  ['\u2068', '\u2069'],
]);

/**
 * The title that a page of another site tells, as a post may have it: one line, without control characters and
 * directions that nothing closes, cut at the limit; '' for what nobody would see. It is another site's to write, so
 * nothing of it is refused.
 */
export function plainTitle(text: string): string {
  const shown = tidied(text.toWellFormed().replace(/(?!\s)\p{Cc}/gu, ''));
  const title = tidied([...shown].slice(0, TEXT_LIMITS.title.max).join(''));
  return VISIBLE.test(title) ? title : '';
}

function tidied(text: string): string {
  return composed(withoutOpenDirections(text)).replace(/\s+/gu, ' ').trim();
}

function withoutOpenDirections(text: string): string {
  const characters = [...text];
  const open: { readonly at: number; readonly closer: string }[] = [];
  const unpaired = new Set<number>();
  characters.forEach((character, at) => {
    const closer = DIRECTION_CLOSED_BY.get(character);
    if (closer !== undefined) open.push({ at, closer });
    else if (CLOSERS.has(character) && open.at(-1)?.closer !== character) unpaired.add(at);
    else if (CLOSERS.has(character)) open.pop();
  });
  for (const { at } of open) unpaired.add(at);
  return characters.filter((_, at) => !unpaired.has(at)).join('');
}

const CLOSERS: ReadonlySet<string> = /* @__PURE__ */ new Set(DIRECTION_CLOSED_BY.values());
