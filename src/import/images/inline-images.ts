import { createHash } from 'node:crypto';

/** Images that stood in a text itself, in base64, by the names under which the text has them now. */
export type InlineImages = Readonly<Record<string, string>>;

const INLINE = /(<img\b[^<>]*?\ssrc\s*=\s*)(?:"(data:image\/[^"]*)"|'(data:image\/[^']*)')/gi;
const PARTS = /^data:(image\/[\w.+-]+)[^,]*?(;base64)?,([\s\S]*)$/i;
const NAME = /^data:image\/[\w.+-]+;sha256,[0-9a-f]{64}$/;

/** Bytes of the empty images that pages show until the real one has come. */
const LONGEST_SPACER = 100;

/** The text with short names in the place of such images, and what each name stands for: the same image has the same name. */
export function withoutInline(html: string): { readonly html: string; readonly inline: InlineImages } {
  const inline: Record<string, string> = {};
  if (!html.includes('data:image/')) return { html, inline };
  const named = html.replace(INLINE, (tag, before: string, quoted?: string, single?: string) => {
    const [, type = '', isBase64, content = ''] = PARTS.exec(quoted ?? single ?? '') ?? [];
    const bytes = bytesOf(content, isBase64 !== undefined);
    if (bytes.length <= LONGEST_SPACER) return tag;
    const name = `data:${type.toLowerCase()};sha256,${createHash('sha256').update(bytes).digest('hex')}`;
    inline[name] = bytes.toString('base64');
    return `${before}"${name}"`;
  });
  return { html: named, inline };
}

export function isInlineName(address: string): boolean {
  return NAME.test(address);
}

function bytesOf(content: string, isBase64: boolean): Buffer {
  const text = unescaped(content);
  return isBase64 ? Buffer.from(text.replace(/\s/g, ''), 'base64') : Buffer.from(text);
}

function unescaped(content: string): string {
  try {
    return decodeURIComponent(content);
  } catch {
    return content;
  }
}
