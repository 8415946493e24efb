import { isTermValue } from './wxr-terms.ts';

const SITE_VALUES = new Set([
  'title',
  'link',
  'language',
  'pubDate',
  'wp:wxr_version',
  'wp:base_site_url',
  'wp:base_blog_url',
]);
const ITEM_VALUES = new Set([
  'title',
  'link',
  'pubDate',
  'guid',
  'category',
  'dc:creator',
  'content:encoded',
  'excerpt:encoded',
  'dsq:thread_identifier',
]);

/** Whether an element's text is kept; meta data of plugins, by far the most of many exports, is not. */
export function isKept(outer: string | undefined, name: string): boolean {
  if (outer === 'channel') return SITE_VALUES.has(name);
  if (outer === 'item')
    return ITEM_VALUES.has(name) || (name.startsWith('wp:') && !/^wp:(comment|postmeta)$/.test(name));
  return (
    (outer === 'wp:comment' && name.startsWith('wp:')) ||
    (outer === 'wp:postmeta' && name === 'wp:meta_key') ||
    outer === 'wp:author' ||
    isTermValue(outer, name)
  );
}
