import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP, isIPv4, isIPv6 } from 'node:net';

/** An IPv4 address in IPv6, as URLs write it. */
const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;
/** An address with its port, as some proxies tell it. */
const WITH_PORT = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/;

/**
 * The network that an address counts as: an IPv4 address itself; of IPv6 the first 64 bits, since the holder of one
 * address there has all others of the same 64 bits. Other texts are given back unchanged.
 */
export function networkOf(address: string): string {
  // Each address of IPv6 has one, and to match one takes longer than all else here.
  if (!address.includes(':')) return address;
  const [plain = ''] = address.split('%', 1);
  if (!isIPv6(plain)) return address;
  const written = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const mapped = MAPPED.exec(written);
  if (mapped !== null) return ipv4Of(mapped.slice(1));
  const [head = '', tail] = written.split('::');
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

/** Two groups of four hexadecimal digits as four numbers. */
function ipv4Of(groups: readonly string[]): string {
  return groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]).join('.');
}

/**
 * The address that the outermost trusted proxy saw, without its port; all ways in count by the same one. What is no address
 * counts as the proxy itself, or each text would be another network.
 */
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
  return plainOr(hops[Math.min(proxies, hops.length - 1)] ?? address, address);
}

/** The same of a request of Fastify, which has found the hop (`trustProxy`) and gives it as it was told. */
export function addressAsked({ ip, socket }: Asked): string {
  return plainOr(ip, socket.remoteAddress ?? '');
}

function plainOr(hop: string, proxy: string): string {
  const seen = plainOf(hop);
  return isIP(seen) === 0 ? proxy : seen;
}

function plainOf(hop: string): string {
  if (isIP(hop) !== 0) return hop;
  const [, v6, v4] = WITH_PORT.exec(hop) ?? [];
  return v6 ?? v4 ?? hop;
}

/** The same of a request that Node.js has read. */
export function addressOfRequest({ socket, headers }: IncomingMessage, proxies: number): string {
  return addressOf({ address: socket.remoteAddress ?? '', headers }, proxies);
}

interface Asked {
  readonly ip: string;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

interface Connected {
  /** The other end of the connection. */
  readonly address: string;
  readonly headers: IncomingHttpHeaders;
}
