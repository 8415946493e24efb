/** An address as Markdown's autolinks, links and bare text have it; the host ends at the first character that is none of it. */
const ADDRESS = /(?:https?:\/\/|(?=\bwww\.))([^\s/?#<>()[\]"'\\]{1,253})/giu;

/** The hosts of a text's links, in order, without those that are trusted and what lies below them. */
export function untrustedLinks(body: string, trustedHosts: readonly string[]): readonly string[] {
  const trusted = trustedHosts.map(hostOf);
  return Array.from(body.matchAll(ADDRESS), ([, host]) => hostOf(host ?? '')).filter(
    (host) => !trusted.some((known) => host === known || host.endsWith(`.${known}`)),
  );
}

/** Lower case, without user, port and a dot at the end. */
function hostOf(text: string): string {
  const host = text.normalize('NFKC').toLowerCase();
  return host
    .slice(host.lastIndexOf('@') + 1)
    .replace(/:\d*$/u, '')
    .replace(/\.$/u, '');
}
