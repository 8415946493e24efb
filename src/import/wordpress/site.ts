import { deriveId, withoutTail } from '../../../libs/kernel/index.ts';
import type { WxrItem, WxrSite } from './wxr.ts';

/** Addresses that many blogs have: they name no site unless its title is added. */
const LOCAL = /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\]|[^/]+\.(?:local|localhost|test|invalid))(?=[:/]|$)/i;

/** The site's own address: with an id of the export it names a post or comment for ever. */
export function siteAddress(site: WxrSite, item: WxrItem): string {
  const { fields } = site;
  const title = fields.get('title') ?? '';
  const given = fields.get('wp:base_blog_url') || fields.get('link') || fields.get('wp:base_site_url') || '';
  const address = URL.canParse(given) ? withoutTail(new URL(given).href, /\//) : given;
  if (address !== '') return LOCAL.test(address) ? `${address} (${title})` : address;
  const link = item.fields.get('link') ?? '';
  return title === '' && URL.canParse(link) ? new URL(link).origin : title || 'unknown';
}

/** The language of the channel as a BCP 47 tag; English where the export says none. */
export function siteLocale(site: WxrSite): string {
  const language = (site.fields.get('language') ?? '').replace(/_/g, '-');
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** The item's id within its site: WordPress' id, or its stand-in in exports that lack it. */
export function sourceIdOf(item: WxrItem): { readonly id: string; readonly certain: boolean } {
  const given = item.fields.get('wp:post_id') ?? '';
  if (given !== '') return { id: given, certain: true };
  const link = item.fields.get('link') ?? '';
  const query = URL.canParse(link) ? new URL(link).searchParams : new URLSearchParams();
  const id = query.get('p') ?? query.get('page_id') ?? item.fields.get('guid') ?? link;
  return { id: id === '' ? (item.fields.get('title') ?? '') : id, certain: false };
}

/** The item's slug in the source, empty where there is none. */
export function givenName({ fields }: WxrItem): string {
  return decodedSlug(fields.get('wp:post_name') ?? '');
}

/** WordPress keeps slugs percent-encoded and cuts them at 200 bytes, even within a character. */
function decodedSlug(slug: string): string {
  const whole = slug.replace(/%[0-9a-f]?$/i, '');
  for (let end = whole; ; end = end.replace(/%[0-9a-f]{2}$/i, '')) {
    try {
      return decodeURIComponent(end);
    } catch {
      if (!/%[0-9a-f]{2}$/i.test(end)) return slug.replace(/%/g, '-');
    }
  }
}

/** The id that a post gets here. */
export function postIdOf(site: string, id: string): string {
  return deriveId('wordpress', site, 'post', id);
}

export function commentIdAt(site: string, id: string): string {
  return deriveId('wordpress', site, 'comment', id);
}
