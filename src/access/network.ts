import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';

/**
 * The network that an address counts as: an IPv4 address itself; of IPv6 the first 64 bits, since the holder of one
 * address there has all others of the same 64 bits. Other texts are given back unchanged.
 */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%', 1);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(plain)) return address;
  const [head = '', tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return `${[...before, ...Array<string>(zeros).fill('0'), ...after].slice(0, 4).join(':')}::/64`;
}

/**
 * The block of addresses around an address that one site or provider holds: of IPv4 the first 24 bits, of IPv6 the first 48.
 */
export function blockOf(address: string): string {
  const network = networkOf(address);
  if (isIPv4(network)) return `${network.split('.').slice(0, 3).join('.')}.0/24`;
  return network.endsWith('::/64') ? `${network.split(':').slice(0, 3).join(':')}::/48` : network;
}

/** The address that the outermost trusted proxy saw; all ways in count by the same one. */
export function addressOf({ address, headers }: Connected, proxies: number): string {
  const forwarded = headers['x-forwarded-for'];
  const text = Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '');
  const hops = [
    address,
    ...text
      .split(',')
      .map((hop) => hop.trim())
      .filter(Boolean)
      .reverse(),
  ];
  return hops[Math.min(proxies, hops.length - 1)] ?? address;
}

/** The same of a request that Node.js has read. */
export function addressOfRequest({ socket, headers }: IncomingMessage, proxies: number): string {
  return addressOf({ address: socket.remoteAddress ?? '', headers }, proxies);
}

interface Connected {
  /** The other end of the connection. */
  readonly address: string;
  readonly headers: IncomingHttpHeaders;
}
