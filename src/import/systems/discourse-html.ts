const YOUTUBE = /<div class="lazyYT"([^<>]*)>/gi;
const VIDEO_ID = /\bdata-youtube-id="([\w-]+)"/i;
const TITLE = /\bdata-youtube-title="([^"]*)"/i;
const FRAME = /<iframe\b([^<>]*)>/gi;
const MEDIA_TAG = /<(\/?)(?:video|audio)\b[^<>]*>/gi;

/** Discourse's HTML with links in the place of what only its own pages play: videos, sounds and frames. */
export function withLinks(html: string): string {
  const framed = html
    .replace(YOUTUBE, (tag, attributes: string) => {
      const id = VIDEO_ID.exec(attributes)?.[1];
      if (id === undefined) return tag;
      return `<div>${linkTo(`https://www.youtube.com/watch?v=${id}`, TITLE.exec(attributes)?.[1])}`;
    })
    .replace(FRAME, (tag, attributes: string) =>
      linkOr(tag, /\b(?:data-original-href|src)="([^"]+)"/i.exec(attributes)?.[1]),
    );
  return withMediaLinks(framed);
}

/** Each opening tag with what follows up to the next closing one; what is never closed stays as it is. */
function withMediaLinks(html: string): string {
  const parts: string[] = [];
  let [done, opened]: [number, number | null] = [0, null];
  for (const { 0: tag, 1: slash, index } of html.matchAll(MEDIA_TAG)) {
    if (slash === '') opened ??= index;
    else if (opened !== null) {
      const end = index + tag.length;
      const whole = html.slice(opened, end);
      parts.push(html.slice(done, opened), linkOr(whole, /\bsrc="([^"]+)"/i.exec(whole)?.[1]));
      [done, opened] = [end, null];
    }
  }
  return parts.join('') + html.slice(done);
}

function linkOr(tag: string, address: string | undefined): string {
  return address === undefined ? tag : linkTo(address, undefined);
}

function linkTo(address: string, words = ''): string {
  return `<a href="${address}">${words.trim() === '' ? address : words}</a>`;
}
