import type { PublicAddress } from './public-address.ts';

/**
 * The name of a cookie that is for this host alone, at its every path: under https no other host, and no page without
 * https, can set one with the prefix (RFC 6265bis).
 */
export function hostCookie(name: string, { isSecure }: Pick<PublicAddress, 'isSecure'>): string {
  return isSecure ? `__Host-${name}` : name;
}

/** The same of a cookie for some paths, which no page without https can set. */
export function secureCookie(name: string, { isSecure }: Pick<PublicAddress, 'isSecure'>): string {
  return isSecure ? `__Secure-${name}` : name;
}
