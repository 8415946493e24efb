import { isRecord } from '../../../libs/kernel/index.ts';
import { described } from '../shell/image-text.ts';

/** The fields of the form of a comment, which come along while its writer adds a picture. */
export type Carried = Readonly<Record<string, string>>;

/** Forms that give a text back with its preview: those of comments. */
const FORMS = /^\/(posts\/[^/?#]{1,300}\/comments|comments\/[0-9a-f-]{36}\/edit)$/;
const MOST_FIELDS = 20;
/** Of the page itself. */
const OWN: ReadonlySet<string> = new Set(['file', 'alt', 'to', 'key', 'preview', 'quote']);

export function carriedIn(fields: unknown): Carried {
  if (!isRecord(fields)) return {};
  const kept = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'string' && !OWN.has(name) ? [[name, value] as const] : [],
  );
  return Object.fromEntries(kept.slice(0, MOST_FIELDS));
}

/** Where the text goes back to, as browsers read it too; null where no form of a comment asked for a picture. */
export function wayBack(path: string): string | null {
  const isAsRead = URL.canParse(path, 'http://forum') && new URL(path, 'http://forum').pathname === path;
  return isAsRead && FORMS.test(path) ? path : null;
}

/** The picture's Markdown, by which a text shows it. */
export function pictureIn(address: string, alt: string): string {
  return `![${described(alt)}](${address})`;
}

/** The fields with the picture as the last block of their text. */
export function withPicture(carried: Carried, picture: string): Carried {
  const text = (carried['body'] ?? '').trimEnd();
  return { ...carried, body: `${text === '' ? '' : `${text}\n\n`}${picture}\n` };
}
