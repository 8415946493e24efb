import { replaceEnclosed, replaceTags } from '../tags-in.ts';

/** The images of a post's galleries: those with these ids, or all that belong to the post. */
export type Gallery = (ids: readonly string[]) => readonly string[];

export const NO_GALLERY: Gallery = () => [];

const LANGUAGES =
  'actionscript3|bash|c|clojure|coldfusion|cpp|csharp|css|delphi|diff|erlang|fsharp|go|groovy|html|java|javafx|javascript|js|latex|matlab|objc|perl|php|powershell|python|r|ruby|scala|shell|sql|vb|xml|yaml';
/** The letters of a shortcode's own brackets: an escaped one, `[[gallery]]`, is left for `unescapeShortcodes`. */
const CODE = {
  starts: new RegExp(String.raw`(?<!\[)\[(sourcecode|source|code|${LANGUAGES})(?=[\s=\]])`, 'gi'),
  ends: ']',
  closes,
};
const CAPTION = { starts: /(?<!\[)\[(caption|wp_caption)(?=[\s\]])/gi, ends: ']', closes };
const GALLERY = { starts: /(?<!\[)\[(gallery)(?=[\s\]])/gi, ends: ']' };
const ENCLOSED_ADDRESS = { starts: /(?<!\[)\[(embed|youtube|vimeo|video|audio)(?=[\s\]])/gi, ends: ']' };
/** The address alone, and the end of whatever name. */
const ADDRESS = /\s*(https?:\/\/[^\s[\]<>"]+)\s*\[\/(\w{1,20})\](?!\])/y;
const PLAYER = {
  starts:
    /(?<!\[)\[(youtube|vimeo|video|audio|soundcloud|dailymotion|flickr|slideshare|ted|wpvideo|googlevideo)(?=[\s=:])/gi,
  ends: ']',
};
/** The end of a player that holds nothing. */
const NOTHING_IN_IT = /\[\/\w{1,20}\](?!\])/y;

/** A name's end, unless it is escaped. */
function closes(name: string): RegExp {
  return new RegExp(String.raw`\[\/${name}\](?!\])`, 'gi');
}

/**
 * WordPress' shortcodes as the HTML that they stand for: captions, galleries whose images the export tells of, code and
 * players. All others stay as they were written, since only their plugin knew them.
 */
export function expandShortcodes(html: string, images: Gallery): string {
  if (!html.includes('[')) return html;
  const withCode = replaceEnclosed(html, CODE, ({ name, attributes }, code) => codeBlock(name, attributes, code));
  const withFigures = replaceEnclosed(withCode, CAPTION, ({ attributes }, inner) => figure(attributes, inner));
  const withGalleries = replaceTags(withFigures, GALLERY, ({ attributes, end }) => {
    const by = withFigures[end] === ']' ? undefined : gallery(upToBracket(attributes), images);
    return by === undefined ? null : { by, end };
  });
  return withPlayers(withGalleries).replace(/\[(\[[a-z][^[\]]*\])\]/gi, '$1');
}

function withPlayers(html: string): string {
  const text = replaceTags(html, ENCLOSED_ADDRESS, ({ name, end }) => {
    const [whole = '', url = '', closed = ''] = foundAt(ADDRESS, html, end) ?? [];
    return closed.toLowerCase() === name.toLowerCase() ? { by: player(url), end: end + whole.length } : null;
  });
  return replaceTags(text, PLAYER, ({ attributes, end }) => {
    const url = /https?:\/\/[^\s\]"'<>|,]+/.exec(upToBracket(attributes))?.[0];
    if (url === undefined || text[end] === ']') return null;
    const after = end + (foundAt(NOTHING_IN_IT, text, end)?.[0].length ?? 0);
    return { by: player(url.replace(/&amp;/g, '&')), end: after };
  });
}

/** Where another shortcode begins within one that was not ended, each is asked about its own part alone. */
function upToBracket(attributes: string): string {
  const end = attributes.indexOf('[');
  return end < 0 ? attributes : attributes.slice(0, end);
}

/** The match of a pattern with the flag y at this very place. */
function foundAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Names of what is left: a shortcode of its own kind has attributes, or an end. */
export function unknownShortcodes(text: string): readonly string[] {
  const ended = new Set([...text.matchAll(ENDS)].map(([, name]) => name));
  return [...text.matchAll(LEFT)].flatMap(([, name = '', rest = '']) =>
    /=|^:\S/.test(rest) || ended.has(name) ? [name.toLowerCase()] : [],
  );
}

const ENDS = /\[\/([a-z][\w-]{2,40})\]/gi;
const LEFT = /(?<![[\w\]])\[([a-z][\w-]{2,40})((?:[\s:=][^[\]]*)?)\](?![\](])/gi;

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"']+))`, 'i').exec(attributes);
  return found?.[1] ?? found?.[2] ?? found?.[3];
}

/** Code that holds `<` was stored as it is, all other with entities. */
function codeBlock(name: string, attributes: string, code: string): string {
  const generic = /^(sourcecode|source|code)$/i.test(name);
  const language =
    attribute(attributes, 'language') ?? attribute(attributes, 'lang') ?? /^=["']?([\w+#-]+)/.exec(attributes)?.[1];
  const text = code.includes('<')
    ? code
        .replace(/<br\s*\/?>/gi, '\n')
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
    : code;
  const mark = (generic ? (language ?? '') : name).replace(/[^\w+#.-]/g, '');
  return `\n\n<pre class="language-${mark}">\n${text}</pre>\n\n`;
}

function figure(attributes: string, inner: string): string {
  const image = /^\s*(<a\b[^>]*>\s*<img\b[^>]*>\s*<\/a>|<img\b[^>]*>)/i.exec(inner)?.[0] ?? '';
  const caption = inner.slice(image.length).trim() || (attribute(attributes, 'caption') ?? '');
  return `\n\n<figure>${image.trim()}<figcaption>${caption}</figcaption></figure>\n\n`;
}

function gallery(attributes: string, images: Gallery): string | undefined {
  const ids = (attribute(attributes, 'ids') ?? attribute(attributes, 'include') ?? '').split(/[\s,]+/).filter(Boolean);
  const urls = images(ids);
  if (urls.length === 0) return undefined;
  return `\n\n${urls.map((url) => `<p><img src="${url.replace(/"/g, '%22')}" alt=""></p>`).join('\n')}\n\n`;
}

function player(url: string): string {
  return `\n\n<p><a href="${url.replace(/"/g, '%22')}">${url.replace(/&/g, '&amp;')}</a></p>\n\n`;
}
