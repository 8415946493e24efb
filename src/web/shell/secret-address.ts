import type { PublicAddress } from '../../access/public-address.ts';

/**
 * The headers of a page whose address is a secret: it goes to no other site and into no index. Browsers say whose page a
 * form stood on only where they trust the connection; elsewhere the page's address goes along to the forum itself.
 */
export function secretAddress(
  address: Pick<PublicAddress, 'isSecure'>,
  host: string,
): Readonly<Record<string, string>> {
  const isTrusted = address.isSecure || /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
  return {
    'referrer-policy': isTrusted ? 'no-referrer' : 'same-origin',
    'x-robots-tag': 'noindex, nofollow',
  };
}
