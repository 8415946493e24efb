import ipaddr from 'ipaddr.js';

const LOCAL_NAME = /(?:^|\.)(?:localhost|local|localdomain|internal|lan|test|invalid)$/;
const CACHE = /^(?:webcache|translate|cc\.bingj)\.|\.translate\.goog$|^web\.archive\.org$/;

/** Why nobody can be led to a page at this host; null where readers may find it. */
export function whyUnreachable(host: string): string | null {
  if (CACHE.test(host)) return 'on a cache or a translator';
  const address = host.replace(/^\[|\]$/g, '');
  const isLocal = ipaddr.isValid(address) ? ipaddr.parse(address).range() !== 'unicast' : LOCAL_NAME.test(host);
  return isLocal ? 'on a machine or network that readers do not reach' : null;
}
