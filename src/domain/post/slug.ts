import { hyphenated, isUuid, withoutTail } from '../../../libs/kernel/index.ts';

const MOST_CHARACTERS = 80;
/** The longest slug taken over from another system. */
const MOST_GIVEN = 200;

/**
 * Makes a slug of a title: Unicode letters, marks and digits in lower case, hyphens for everything else, Latin letters
 * without their diacritics, 80 characters at most. A slug is never empty, and never a UUID, since `/posts/{id or slug}`
 * tells the two apart by their form.
 */
export function slugOf(title: string): string {
  return addressed(title, MOST_CHARACTERS);
}

/** The slug that another system gave, in the same form, 200 characters at most. */
export function givenSlug(slug: string): string {
  return addressed(slug, MOST_GIVEN);
}

function addressed(text: string, most: number): string {
  const slug = shortened(hyphenated(text), most);
  if (slug === '') return 'post';
  return isUuid(slug) ? `post-${slug}` : slug;
}

/**
 * The n-th slug to try when the first ones are taken: `peace`, `peace-2`, `peace-3`. It keeps the limit of 80
 * characters, or 200 for an imported slug.
 */
export function numberedSlug(slug: string, n: number): string {
  const most = slug.length > MOST_CHARACTERS ? MOST_GIVEN : MOST_CHARACTERS;
  return n === 1 ? slug : `${shortened(slug, most - 1 - String(n).length)}-${n}`;
}

/** Cuts at the end of a word when there is one in the second half. */
function shortened(slug: string, max: number): string {
  const characters = [...slug];
  if (characters.length <= max) return slug;
  const cut = characters.slice(0, max).join('');
  const word = cut.lastIndexOf('-');
  return withoutTail(characters[max] !== '-' && word >= cut.length / 2 ? cut.slice(0, word) : cut, /-/);
}
