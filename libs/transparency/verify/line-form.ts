import { canonicalOf } from './canonical-json.ts';
import { CHARACTERS, endOfValue, UNKNOWN } from './json-scan.ts';

/** The place of an event by its line. Texts are as they stand between the quotes. */
export interface LinePlace {
  readonly id: string;
  readonly position: string;
  readonly revision: string;
  readonly stream: string;
}

const TIME = '"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]\\.[0-9]{3}Z"';
const DECIMAL = '"(0|[1-9][0-9]{0,38})"';
const UUID = '"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"';
const TEXT = `"${CHARACTERS}"`;
/** Base64 needs no escape; only the forum and its vault know whether it is base64. */
const PLAIN = '"[ !#-\\[\\]-\\xff]*"';

/** The members of an event's envelope, by name; those around `data` in two halves. */
const BEFORE_DATA = `\\{"actor":${TEXT},"causationId":(?:null|${TEXT}),"correlationId":${TEXT},"data":`;
const AFTER_DATA = [
  `,"id":${UUID},"occurredAt":${TIME},"position":${DECIMAL},"recordedAt":${TIME},"revision":${DECIMAL}`,
  `,"sealed":(?:null|${PLAIN}),"stream":"(${CHARACTERS})","type":${TEXT}\\}`,
].join('');
const HEAD = new RegExp(BEFORE_DATA, 'y');
const TAIL = new RegExp(AFTER_DATA, 'y');

/**
 * The place of the event whose line stands in `text` from `from` to before `end`; null for anything but a line: the
 * canonical JSON (RFC 8785) of an event's envelope, with all members and no other. `text` has the bytes of valid UTF-8,
 * one a character.
 */
export function readLine(text: string, from: number, end: number): LinePlace | null {
  HEAD.lastIndex = from;
  if (!HEAD.test(text)) return readSlowly(text.slice(from, end));
  const data = endOfValue(text, HEAD.lastIndex);
  if (data === UNKNOWN) return readSlowly(text.slice(from, end));
  TAIL.lastIndex = data;
  const found = TAIL.exec(text);
  if (found === null || TAIL.lastIndex !== end) return readSlowly(text.slice(from, end));
  return placeIn(found);
}

function placeIn([, id = '', position = '', revision = '', stream = '']: readonly string[]): LinePlace {
  return { id, position, revision, stream };
}

/** Parses the line, writes it again, and looks at the members around `data` with a stand-in in its place. */
function readSlowly(bytes: string): LinePlace | null {
  const line = Buffer.from(bytes, 'latin1').toString('utf8');
  if (canonicalOf(line) !== line) return null;
  const event: unknown = JSON.parse(line);
  if (typeof event !== 'object' || event === null || !('data' in event)) return null;
  const strings = Object.entries(event).filter(([name]) => name !== 'data');
  const envelope = JSON.stringify(Object.fromEntries([...strings, ['data', 0]].sort(byName)), replaceSurrogates);
  const outside = new RegExp(`^${BEFORE_DATA}0${AFTER_DATA}$`).exec(Buffer.from(envelope).toString('latin1'));
  return outside === null ? null : placeIn(outside);
}

function byName([one]: readonly unknown[], [other]: readonly unknown[]): number {
  return String(one) < String(other) ? -1 : 1;
}

/** A lone surrogate is canonical as an escape that the pattern of the envelope does not know. */
function replaceSurrogates(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}
