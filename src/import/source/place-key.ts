import { oldAddressKey } from '../../../libs/kernel/index.ts';

/** The key of a page's address: the same with and without www, a secure connection, and a slash at its end. Null for none, and for a home page. */
export function placeKey(address: string): string | null {
  const host = /^https?:\/\/(?:www\.)?([^/?#]+)/i.exec(address)?.[1];
  const key = host === undefined ? null : oldAddressKey(address);
  return key === null ? null : `${host?.toLowerCase()} ${key}`;
}
