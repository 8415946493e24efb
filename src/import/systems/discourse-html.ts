const YOUTUBE = /<div class="lazyYT"[^>]*\bdata-youtube-id="([\w-]+)"[^>]*>(?:\s*<\/div>)?/gi;
const TITLE = /\bdata-youtube-title="([^"]*)"/i;
const FRAME = /<iframe\b([^>]*)>(?:\s*<\/iframe>)?/gi;
const MEDIA = /<(?:video|audio)\b([^>]*)>([\s\S]*?)<\/(?:video|audio)>/gi;

/** Discourse's HTML with links in the place of what only its own pages play: videos, sounds and frames. */
export function withLinks(html: string): string {
  return html
    .replace(YOUTUBE, (tag, id: string) => linkTo(`https://www.youtube.com/watch?v=${id}`, TITLE.exec(tag)?.[1]))
    .replace(FRAME, (tag, attributes: string) =>
      linkOr(tag, /\b(?:data-original-href|src)="([^"]+)"/i.exec(attributes)?.[1]),
    )
    .replace(MEDIA, (tag, attributes: string, inner: string) =>
      linkOr(tag, /\bsrc="([^"]+)"/i.exec(attributes + inner)?.[1]),
    );
}

function linkOr(tag: string, address: string | undefined): string {
  return address === undefined ? tag : linkTo(address, undefined);
}

function linkTo(address: string, words = ''): string {
  return `<a href="${address}">${words.trim() === '' ? address : words}</a>`;
}
