import { plainText } from '../html/parse-html.ts';
import type { WxrCategory } from './wxr.ts';

/** Of all taxonomies these two are what readers see as tags; a category without a domain is WXR 1.0's. */
const SHOWN = new Set([null, 'category', 'post_tag', 'tag']);
const MOST = 500;
const LONGEST = 200;

/** Categories and tags in their order, each once; not the one that WordPress gives to what has none. */
export function tagsOf(categories: readonly WxrCategory[]): readonly string[] {
  const tags = new Map<string, string>();
  for (const { domain, nicename, name } of categories) {
    const tag = [...plainText(name).replace(/[\t\n]/g, ' ')].slice(0, LONGEST).join('').trim();
    if (!SHOWN.has(domain) || !/[\p{L}\p{N}\p{P}\p{S}]/u.test(tag)) continue;
    if (nicename === 'uncategorized' || (nicename === null && tag === 'Uncategorized')) continue;
    const folded = tag.normalize('NFC').toLowerCase();
    if (!tags.has(folded)) tags.set(folded, tag);
  }
  return [...tags.values()].slice(0, MOST);
}
