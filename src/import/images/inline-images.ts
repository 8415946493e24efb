import { createHash } from 'node:crypto';

/** Images that stood in a text itself, in base64, by the names under which the text has them now. */
export type InlineImages = Readonly<Record<string, string>>;

/** Where a tag of an image begins, where any begins or ends, and an address of this kind. */
const MARKS = /<img\b|[<>]|(\ssrc\s*=\s*)(?:"(data:image\/[^"]*)"|'(data:image\/[^']*)')/gi;
const TYPE = /^data:(image\/[\w.+-]+)/i;
const NAME = /^data:image\/[\w.+-]+;sha256,[0-9a-f]{64}$/;

/** Bytes of the empty images that pages show until the real one has come. */
const LONGEST_SPACER = 100;

/** The text with short names in the place of such images, and what each name stands for: the same image has the same name. */
export function withoutInline(html: string): { readonly html: string; readonly inline: InlineImages } {
  const inline: Record<string, string> = {};
  if (!html.includes('data:image/')) return { html, inline };
  let isInImage = false;
  const named = html.replace(MARKS, (mark, before?: string, quoted?: string, single?: string) => {
    const isFirst = isInImage && before !== undefined;
    isInImage = mark.toLowerCase() === '<img';
    const image = isFirst ? imageIn(quoted ?? single ?? '') : null;
    if (image === null) return mark;
    inline[image.name] = image.base64;
    return `${before}"${image.name}"`;
  });
  return { html: named, inline };
}

/** Null for none, and for the empty ones. */
function imageIn(address: string): { readonly name: string; readonly base64: string } | null {
  const comma = address.indexOf(',');
  const type = comma < 0 ? undefined : TYPE.exec(address)?.[1];
  if (type === undefined) return null;
  const bytes = bytesOf(address.slice(comma + 1), isBase64(address.slice(0, comma)));
  if (bytes.length <= LONGEST_SPACER) return null;
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { name: `data:${type.toLowerCase()};sha256,${hash}`, base64: bytes.toString('base64') };
}

export function isInlineName(address: string): boolean {
  return NAME.test(address);
}

function isBase64(head: string): boolean {
  return head.toLowerCase().endsWith(';base64');
}

function bytesOf(content: string, inBase64: boolean): Buffer {
  const text = unescaped(content);
  return inBase64 ? Buffer.from(text.replace(/\s/g, ''), 'base64') : Buffer.from(text);
}

function unescaped(content: string): string {
  try {
    return decodeURIComponent(content);
  } catch {
    return content;
  }
}
