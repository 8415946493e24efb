import { MOST_IMPORTED_TAGS } from '../../../libs/words/index.ts';
import type { OldTagName } from '../../domain/post/post.events.ts';
import { tagFrom } from './tag-text.ts';
import type { WxrCategory, WxrSite } from './wxr.ts';

/** Of all taxonomies these are what readers see as tags; a category without a domain is WXR 1.0's. */
const SHOWN: ReadonlyMap<string | null, OldTagName['taxonomy']> = new Map([
  [null, 'category'],
  ['category', 'category'],
  ['post_tag', 'tag'],
  ['tag', 'tag'],
]);

/**
 * Categories and tags in their order, each once; not the one that WordPress gives to what has none. With them, by which
 * names addresses led to them: the item's own, and those that the channel gives to the same words.
 */
export function tagsOf(
  categories: readonly WxrCategory[],
  terms: WxrSite['terms'],
): { readonly tags: readonly string[]; readonly tagNames: readonly OldTagName[] } {
  const tags = new Map<string, string>();
  const tagNames: OldTagName[] = [];
  for (const { domain, nicename, name } of categories) {
    const taxonomy = SHOWN.get(domain);
    const tag = tagFrom(name);
    if (taxonomy === undefined || !/[\p{L}\p{N}\p{P}\p{S}]/u.test(tag)) continue;
    if (nicename === 'uncategorized' || (nicename === null && tag === 'Uncategorized')) continue;
    const folded = tag.toLowerCase();
    if (!tags.has(folded) && tags.size < MOST_IMPORTED_TAGS) tags.set(folded, tag);
    const kept = tags.get(folded);
    if (kept === undefined) continue;
    const nicenames = new Set([...(nicename === null ? [] : [nicename.trim()]), ...terms.nicenames(taxonomy, folded)]);
    for (const each of nicenames) tagNames.push({ tag: kept, taxonomy, nicename: each });
  }
  return { tags: [...tags.values()], tagNames };
}
