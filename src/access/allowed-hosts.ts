import type { IncomingHttpHeaders } from 'node:http';
import { DomainError, remembered } from '../../libs/kernel/index.ts';
import { type Config, isLoopback } from '../config.ts';

export interface HostParts {
  /** The setting; null when it is not set, and then the forum answers to any name. */
  readonly publicUrl: string | null;
  /** The demo lets everybody in as anybody, so it serves this machine alone. */
  readonly demo: boolean;
}

/** Headers in which proxies name themselves, or the client behind them. */
const PROXY_HEADERS: ReadonlySet<string> = new Set(['forwarded', 'via', 'cf-ray', 'proxy-connection']);
const PROXY_HEADER = /^x-(?:forwarded|real-|proxy)/;
/** Vendors' own headers that tell the client's way. */
const OWN = /^(?:x-|cf-|true-|fastly-|fly-)/;
const OF_THE_WAY = /forwarded|-ip$|-ip-|trace-id|-host$|-url$|external-address/;
/**
 * Machines ask these paths at a node's own address, and they tell nothing about members; /metrics has a gate of its
 * own.
 */
const FOR_ANY_HOST = /^\/(?:health|metrics)(?:[/?]|$)/;

/**
 * The names that the forum answers to. A page of another site whose name leads to this address (DNS rebinding) looks to
 * a browser like the forum itself. Its requests still carry the other name in Host, and are refused.
 */
export class AllowedHosts {
  readonly #publicName: string | null;
  readonly #demo: boolean;

  constructor({ publicUrl, demo }: HostParts) {
    this.#publicName = publicUrl === null ? null : new URL(publicUrl).hostname;
    this.#demo = demo;
  }

  /** Whether the name alone tells that `check` lets a request pass; the demo looks at more than the name. */
  isAllowed(host: string | undefined): boolean {
    return !this.#demo && (this.#publicName === null || this.#isKnown(host, this.#publicName));
  }

  /** Throws DomainError `misdirected`. */
  check(headers: IncomingHttpHeaders, path: string): void {
    if (FOR_ANY_HOST.test(path)) return;
    if (this.#demo) requireThisMachine(headers);
    else if (!this.isAllowed(headers.host)) throw unknownHost();
  }

  #isKnown(host: string | undefined, publicName: string): boolean {
    const name = nameIn(host);
    return name === publicName || isLoopbackName(name);
  }
}

/** True for a request that this machine sent to itself, by a name that nobody else can take and without a proxy. */
export function isFromThisMachine(headers: IncomingHttpHeaders, address: string | undefined): boolean {
  const { host } = headers;
  return isLoopbackAddress(address) && isLoopbackName(nameIn(host)) && proxyHeaderIn(headers) === undefined;
}

/**
 * True for a forum that is set up for its own machine alone. Elsewhere a relay on the machine makes strangers look like
 * the machine itself, so nothing is trusted for coming from here.
 */
export function isForThisMachine({
  host,
  publicUrl,
  trustProxy,
}: Pick<Config, 'host' | 'publicUrl' | 'trustProxy'>): boolean {
  const isLocalName = publicUrl === null || isLoopbackName(new URL(publicUrl).hostname);
  return isLoopback(host) && isLocalName && trustProxy === 0;
}

function requireThisMachine(headers: IncomingHttpHeaders): void {
  if (!isLoopbackName(nameIn(headers.host))) throw unknownHost();
  const header = proxyHeaderIn(headers);
  if (header === undefined) return;
  throw new DomainError(
    'misdirected',
    `The demo lets everybody in as anybody, so it answers no proxy (this request has the header ${header}). Use \`colloquy serve\` behind one.`,
  );
}

function unknownHost(): DomainError {
  return new DomainError(
    'misdirected',
    'The forum does not answer by this name. Ask it by its own; a proxy in front must send on the Host that it was asked for.',
  );
}

function proxyHeaderIn(headers: IncomingHttpHeaders): string | undefined {
  return Object.keys(headers).find(isOfProxy);
}

function isOfProxy(name: string): boolean {
  if (PROXY_HEADERS.has(name) || PROXY_HEADER.test(name)) return true;
  return OWN.test(name) && OF_THE_WAY.test(name.replace(OWN, ''));
}

/** The name or address in a Host header, as URL writes it: without port and brackets; undefined for a malformed one. */
function nameIn(host: string | undefined): string | undefined {
  return nameInText(host ?? '');
}

const nameInText = remembered((host): string | undefined => {
  const [, name = ''] = /^(\[[0-9a-f:.]+\]|[^\s:/?#@\\[\]]+)(?::\d{1,5})?$/i.exec(host) ?? [];
  return name === '' || !URL.canParse(`http://${name}`) ? undefined : name.toLowerCase();
});

function isLoopbackName(name: string | undefined): boolean {
  return name !== undefined && isLoopback(name.replace(/^\[(.*)\]$/, '$1'));
}

function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && isLoopback(address.replace(/^::ffff:/i, ''));
}
