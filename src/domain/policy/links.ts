import { domainName } from '../../../libs/kernel/index.ts';
import { composed } from '../../../libs/words/index.ts';

/**
 * An address in a Markdown autolink, a link or bare text. The host ends at the first character that cannot belong to
 * it.
 */
const ADDRESS = /(?:https?:\/\/|(?=\bwww\.))([^\s/?#<>()[\]"'\\]{1,253})/giu;

/**
 * Stands for the forum, whose address is a setting and no part of the rules. Browsers read `https:a.example` as another
 * host on a page of http, and as a path on one of https; so a link is read from both.
 */
const OWN_HOST = 'forum.invalid';
const OWN_PAGES = [`http://${OWN_HOST}/`, `https://${OWN_HOST}/`];

/** An address that browsers read alike on every page. */
const WHOLE = /^https?:\/\/[^/\\]/iu;

interface Linking {
  readonly body: string;
  /** The addresses that readers may follow. */
  readonly links: readonly string[];
}

/**
 * The hosts of a comment's links, in order, without trusted hosts and their subdomains: of those that readers have, or
 * of the addresses that are written, code included, when these are more.
 */
export function untrustedLinks({ body, links }: Linking, trustedHosts: readonly string[]): readonly string[] {
  const written = Array.from(body.matchAll(ADDRESS), ([, host]) => writtenHost(host ?? ''));
  if (written.length === 0 && links.length === 0) return [];
  const trusted = trustedIn(trustedHosts);
  const isUntrusted = (host: string): boolean => !isAmong(host, trusted);
  const foreign = links.flatMap((address) => foreignHosts(address).find(isUntrusted) ?? []);
  const others = written.filter(isUntrusted);
  return foreign.length >= others.length ? foreign : others;
}

/** The hosts other than the forum's to which browsers may resolve an address (WHATWG URL). */
function foreignHosts(address: string): readonly string[] {
  const pages = WHOLE.test(address) ? OWN_PAGES.slice(0, 1) : OWN_PAGES;
  return pages.flatMap((page) => {
    const host = URL.parse(address, page)?.hostname.replace(/\.$/u, '') ?? '';
    return host === '' || host === OWN_HOST ? [] : host;
  });
}

/** The host as it is looked up, without user, port and a final dot. */
function writtenHost(text: string): string {
  const host = composed(text, 'NFKC').toLowerCase();
  return domainName(host.slice(host.lastIndexOf('@') + 1).replace(/:\d*$/u, ''));
}

/** A list is read once: a host as it is looked up, and as browsers write it. */
const known = new WeakMap<readonly string[], ReadonlySet<string>>();

function trustedIn(hosts: readonly string[]): ReadonlySet<string> {
  const read = known.get(hosts) ?? new Set(hosts.flatMap((host) => [writtenHost(host), ...foreignHosts(`//${host}`)]));
  known.set(hosts, read);
  return read;
}

/** Whether a host is one of these or below one of them. */
function isAmong(host: string, hosts: ReadonlySet<string>): boolean {
  for (let from = 0; ; from += 1) {
    if (hosts.has(host.slice(from))) return true;
    from = host.indexOf('.', from);
    if (from < 0) return false;
  }
}
