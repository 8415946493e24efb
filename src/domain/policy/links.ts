/**
 * An address in a Markdown autolink, a link or bare text. The host ends at the first character that cannot belong to
 * it.
 */
const ADDRESS = /(?:https?:\/\/|(?=\bwww\.))([^\s/?#<>()[\]"'\\]{1,253})/giu;

/** The hosts of a text's links, in order, without trusted hosts and their subdomains. */
export function untrustedLinks(body: string, trustedHosts: readonly string[]): readonly string[] {
  const trusted = trustedHosts.map(hostOf);
  return Array.from(body.matchAll(ADDRESS), ([, host]) => hostOf(host ?? '')).filter(
    (host) => !trusted.some((known) => host === known || host.endsWith(`.${known}`)),
  );
}

/** The host in lower case, without user, port and a final dot. */
function hostOf(text: string): string {
  const host = text.normalize('NFKC').toLowerCase();
  return host
    .slice(host.lastIndexOf('@') + 1)
    .replace(/:\d*$/u, '')
    .replace(/\.$/u, '');
}
