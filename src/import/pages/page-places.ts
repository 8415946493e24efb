import { DomainError } from '../../../libs/kernel/index.ts';
import type { PlaceImportReason } from '../../../libs/words/index.ts';
import { pageAddress } from '../../domain/post/page-address.ts';
import type { PageNaming } from '../source/page-naming.ts';
import { whyUnreachable } from './local-hosts.ts';

/** Where a page stands, or why it cannot be named. */
export type Placed = { readonly url: string } | { readonly why: PlaceImportReason; readonly address: string };

export const NO_ADDRESS = 'without an address';
const PATH_ALONE = 'with a path alone (say where its site stands with --site)';
const NO_PAGE = 'with an address that names no page';

/** The first of a page's addresses that readers can go to. */
export function placed(addresses: readonly string[], site: string, { sites, rules, local }: PageNaming): Placed {
  const base = sites[site] ?? sites[''];
  const refused: { readonly why: PlaceImportReason; readonly address: string }[] = [];
  let isLocal: { readonly url: string; readonly why: PlaceImportReason } | undefined;
  for (const address of addresses) {
    const whole = wholeAddress(address, base);
    if (whole === null) {
      refused.push({ why: PATH_ALONE, address });
      continue;
    }
    const url = canonical(whole, rules);
    if (url === null) refused.push({ why: NO_PAGE, address });
    else {
      const why = whyUnreachable(new URL(url).hostname);
      if (why === null) return { url };
      isLocal ??= { url, why };
    }
  }
  if (isLocal === undefined) return refused[0] ?? { why: NO_ADDRESS, address: '' };
  return local ? { url: isLocal.url } : { why: isLocal.why, address: isLocal.url };
}

/** Equal for the addresses of one page: with and without www, a secure connection, and a slash at its end. */
export function twinKey(url: string): string {
  const { host, pathname, search } = new URL(url);
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/$/, '')}${search}`;
}

/** The same page over https, where its site is given so: exports keep the links of before. Null for every other address. */
export function securedAddress(url: string, { sites }: Pick<PageNaming, 'sites'>): string | null {
  const page = new URL(url);
  if (page.protocol !== 'http:') return null;
  const isGiven = Object.values(sites).some(
    (site) => site.toLowerCase().startsWith('https:') && URL.parse(site)?.host === page.host,
  );
  return isGiven ? url.replace(/^http:/, 'https:') : null;
}

/** Null for a path without a site. */
function wholeAddress(address: string, base: string | undefined): string | null {
  if (/^https?:\/\//i.test(address)) return address;
  if (base === undefined) return null;
  return new URL(address.startsWith('/') ? address.replace(/^\/+/, '/') : `/${address}`, base).href;
}

function canonical(address: string, rules: PageNaming['rules']): string | null {
  try {
    return pageAddress(address, rules).url;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
