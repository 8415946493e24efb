const LINK = /<a\s+href="([^"<]*)"([^<>]*)>([^<]*)<\/a>/gi;
/** Links led over Disqus, which counted them: the address, encoded, and a mark behind it. */
const COUNTED = /^https?:\/\/(?:disq\.us|redirect\.disqus\.com)\/url\?(?:[^"#]*&(?:amp;)?)?url=([^&"]+)/i;

/** Disqus' HTML with whole links: it shortens the words of long ones, repeats the address as a title, and leads some over itself. */
export function wholeLinks(html: string): string {
  return html.replace(LINK, (_, given: string, _rest: string, words: string) => {
    const href = straight(given);
    const short = words.endsWith('...') ? words.slice(0, -3) : words.endsWith('…') ? words.slice(0, -1) : null;
    const isShortened =
      short !== null && (href.startsWith(short) || href.replace(/^https?:\/\//i, '').startsWith(short));
    return `<a href="${href}">${isShortened ? href : words}</a>`;
  });
}

function straight(href: string): string {
  const encoded = COUNTED.exec(href)?.[1];
  if (encoded === undefined) return href;
  try {
    return decodeURIComponent(encoded)
      .replace(/:[\w-]{20,}$/, '')
      .replaceAll('"', '%22')
      .replaceAll('<', '%3C');
  } catch {
    return href;
  }
}
