import { formatPosition, type Position, parsePosition } from '../../../libs/kernel/index.ts';

/** Stands for the forum where only the path matters. */
const HERE = 'http://forum.invalid';

/** A path of this forum, from a form or query; anything else (another site, a scheme) becomes the home page. */
export function ownPath(next: unknown): string {
  if (typeof next !== 'string' || next.length > 2_000 || !next.startsWith('/')) return '/';
  const path = pathIn(next);
  // Without its dots `/..//evil.example` is an address of another site, so the answer is parsed as a browser parses it.
  return path !== null && pathIn(path) === path ? path : '/';
}

/** The path with the position that its page waits for, so that the reader sees what was just written. */
export function pathAfter(path: string, position: Position | string): string {
  const url = new URL(ownPath(path), HERE);
  url.searchParams.set('after', typeof position === 'string' ? position : formatPosition(position));
  return `${url.pathname}${url.search}${url.hash}`;
}

/** Null for a path with which a browser would leave the forum. */
function pathIn(text: string): string | null {
  const url = URL.canParse(text, HERE) ? new URL(text, HERE) : null;
  return url?.origin === HERE ? `${url.pathname}${url.search}${url.hash}` : null;
}

/** A field of a query string or form; '' when it is missing, given twice, or no text. */
export function textIn(fields: unknown, name: string): string {
  if (typeof fields !== 'object' || fields === null) return '';
  const value: unknown = Reflect.get(fields, name);
  return typeof value === 'string' ? value : '';
}

/** A field that may be given many times, such as boxes that are ticked. */
export function textsIn(fields: unknown, name: string): readonly string[] {
  if (typeof fields !== 'object' || fields === null) return [];
  const value: unknown = Reflect.get(fields, name);
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one) => typeof one === 'string');
}

export function positionIn(fields: unknown): Position | undefined {
  return parsePosition(textIn(fields, 'after'));
}
