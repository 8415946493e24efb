import ipaddr from 'ipaddr.js';
import type { PlaceImportReason } from '../../../libs/words/index.ts';

const LOCAL_NAME = /(?:^|\.)(?:localhost|local|localdomain|internal|lan|test|invalid)$/;
const CACHE = /^(?:webcache|translate|cc\.bingj)\.|\.translate\.goog$|^web\.archive\.org$/;

/** Why nobody can be led to a page at this host; null where readers may find it. */
export function whyUnreachable(host: string): PlaceImportReason | null {
  if (CACHE.test(host)) return 'on a cache or a translator (bring them with --local)';
  const address = host.replace(/^\[|\]$/g, '');
  const isLocal = ipaddr.isValid(address) ? ipaddr.parse(address).range() !== 'unicast' : LOCAL_NAME.test(host);
  return isLocal ? 'on a machine or network that readers do not reach (bring them with --local)' : null;
}
