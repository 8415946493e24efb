import type { OldTagName } from '../../domain/post/post.events.ts';
import { tagFrom } from './tag-text.ts';

/** The elements in which the channel describes a term. */
const TERMS: ReadonlyMap<string, { readonly taxonomy: OldTagName['taxonomy']; nicename: string; name: string }> =
  new Map([
    ['wp:category', { taxonomy: 'category', nicename: 'wp:category_nicename', name: 'wp:cat_name' }],
    ['wp:tag', { taxonomy: 'tag', nicename: 'wp:tag_slug', name: 'wp:tag_name' }],
  ]);
/** Terms that are kept, and the longest names of them: more are no blog's. */
const MOST = 10_000;
const LONGEST = 1_000;

export function isTerm(element: string): boolean {
  return TERMS.has(element);
}

/** Whether a term's element holds what is kept of it. */
export function isTermValue(element: string | undefined, value: string): boolean {
  const term = TERMS.get(element ?? '');
  return term !== undefined && (value === term.nicename || value === term.name);
}

/** The categories and tags that the channel lists: by which names addresses lead to them. */
export class WxrTerms {
  readonly #nicenames = new Map<string, string[]>();
  #count = 0;

  /** Fields of one `<wp:category>` or `<wp:tag>`. */
  add(element: string, fields: ReadonlyMap<string, string>): void {
    const term = TERMS.get(element);
    const nicename = fields.get(term?.nicename ?? '') ?? '';
    const tag = tagFrom((fields.get(term?.name ?? '') ?? '').slice(0, LONGEST));
    if (term === undefined || nicename === '' || nicename.length > LONGEST || tag === '' || this.#count >= MOST) return;
    this.#count += 1;
    const key = `${term.taxonomy} ${tag.toLowerCase()}`;
    this.#nicenames.set(key, [...(this.#nicenames.get(key) ?? []), nicename]);
  }

  /** By the words of the tag in small letters. */
  nicenames(taxonomy: OldTagName['taxonomy'], tag: string): readonly string[] {
    return this.#nicenames.get(`${taxonomy} ${tag}`) ?? [];
  }
}
