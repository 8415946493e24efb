/** The images of a post's galleries: those with these ids, or all that belong to the post. */
export type Gallery = (ids: readonly string[]) => readonly string[];

export const NO_GALLERY: Gallery = () => [];

const LANGUAGES =
  'actionscript3|bash|c|clojure|coldfusion|cpp|csharp|css|delphi|diff|erlang|fsharp|go|groovy|html|java|javafx|javascript|js|latex|matlab|objc|perl|php|powershell|python|r|ruby|scala|shell|sql|vb|xml|yaml';
/** The letters of a shortcode's own brackets: an escaped one, `[[gallery]]`, is left for `unescapeShortcodes`. */
const CODE = new RegExp(
  String.raw`(?<!\[)\[(sourcecode|source|code|${LANGUAGES})(\s[^\]]*|=[^\]]*)?\]([\s\S]*?)\[\/\1\](?!\])`,
  'gi',
);
const CAPTION = /(?<!\[)\[(caption|wp_caption)(\s[^\]]*)?\]([\s\S]*?)\[\/\1\](?!\])/gi;
const GALLERY = /(?<!\[)\[gallery(\s[^\]]*)?\](?!\])/gi;
const ENCLOSED_ADDRESS =
  /(?<!\[)\[(embed|youtube|vimeo|video|audio)(?:\s[^\]]*)?\]\s*(https?:\/\/[^\s[\]<>"]+)\s*\[\/\1\](?!\])/gi;
const PLAYER =
  /(?<!\[)\[(?:youtube|vimeo|video|audio|soundcloud|dailymotion|flickr|slideshare|ted|wpvideo|googlevideo)([\s=:][^\]]*)\](?:\[\/\w+\])?(?!\])/gi;

/**
 * WordPress' shortcodes as the HTML that they stand for: captions, galleries whose images the export tells of, code and
 * players. All others stay as they were written, since only their plugin knew them.
 */
export function expandShortcodes(html: string, images: Gallery): string {
  if (!html.includes('[')) return html;
  return html
    .replace(CODE, (_, name: string, attributes: string | undefined, code: string) =>
      codeBlock(name, attributes ?? '', code),
    )
    .replace(CAPTION, (_, __, attributes: string | undefined, inner: string) => figure(attributes ?? '', inner))
    .replace(GALLERY, (whole: string, attributes: string | undefined) => gallery(attributes ?? '', images) ?? whole)
    .replace(ENCLOSED_ADDRESS, (_, __, url: string) => player(url))
    .replace(PLAYER, (whole: string, rest: string) => {
      const url = /https?:\/\/[^\s\]"'<>|,]+/.exec(rest)?.[0];
      return url === undefined ? whole : player(url.replace(/&amp;/g, '&'));
    })
    .replace(/\[(\[[a-z][\w-]*[^[\]]*\])\]/gi, '$1');
}

/** Names of what is left: a shortcode of its own kind has attributes, or an end. */
export function unknownShortcodes(text: string): readonly string[] {
  const names: string[] = [];
  for (const [, name = '', rest = ''] of text.matchAll(LEFT)) {
    if (/=|^:\S/.test(rest) || text.includes(`[/${name}]`)) names.push(name.toLowerCase());
  }
  return names;
}

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
