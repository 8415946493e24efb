import { isUuid } from '../kernel/index.ts';

const NAME = 'Colloquy-About';
/** The ids that a mail names at most: a file's first bytes hold them. */
const MOST_IDS = 400;
/** The bytes at the beginning of a file in which the ids stand. */
export const MOST_ABOUT_BYTES = 16_384;
const FIELD = new RegExp(`^${NAME}:((?:[^\\r\\n]|\\r\\n )*)\\r\\n`);

/** A mail with the ids of what it tells of as its first header, an id a line. Throws RangeError for too many. */
export function withAbout(raw: string, about: readonly string[]): string {
  const ids = [...new Set(about)];
  if (ids.length > MOST_IDS) throw new RangeError(`a mail tells of ${ids.length} things, more than ${MOST_IDS}`);
  return `${NAME}:${ids.map((id) => ` ${id}`).join('\r\n')}\r\n${raw}`;
}

/** Null for a mail whose ids were not written down. */
export function aboutIn(head: Buffer): readonly string[] | null {
  const ids = FIELD.exec(head.toString('latin1'))?.[1];
  return ids === undefined ? null : ids.split(/\s+/).filter(isUuid);
}
