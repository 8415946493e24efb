import { formatPosition, type Position, parsePosition } from '../../../libs/kernel/index.ts';
import { REVISION_PATTERN } from '../../../libs/words/index.ts';
import { ownPath } from '../../access/own-path.ts';

export { ownPath };

/** Stands for the forum where only the path matters. */
const HERE = 'http://forum.invalid';

/** The path with the position that its page waits for, so that the reader sees what was just written. */
export function pathAfter(path: string, position: Position | string): string {
  const url = new URL(ownPath(path), HERE);
  url.searchParams.set('after', typeof position === 'string' ? position : formatPosition(position));
  return `${url.pathname}${url.search}${url.hash}`;
}

/** A field of a query string or form; '' when it is missing, given twice, or no text. */
export function textIn(fields: unknown, name: string): string {
  if (typeof fields !== 'object' || fields === null) return '';
  const value: unknown = Reflect.get(fields, name);
  return typeof value === 'string' ? value : '';
}

/** A revision in a query string or form; null where it says none. */
export function revisionIn(fields: unknown, name = 'revision'): number | null {
  const revision = textIn(fields, name);
  return REVISION_PATTERN.test(revision) ? Number(revision) : null;
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
