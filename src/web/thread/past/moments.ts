import type { ThreadActivity } from '../../../../libs/client/index.ts';
import { DomainError, parsePosition } from '../../../../libs/kernel/index.ts';
import { clockTime } from '../../../../libs/words/index.ts';
import type { Moment } from '../../../views/thread/past/past.query-types.ts';
import { textIn } from '../../shell/paths.ts';

/** The form of RFC 3339, or of a field for date and time: in an address that is UTC, in the form the clock of the forum. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/;

/** The meaning of the two buttons of the form's one field. */
const SHOWN_BY = { at: 'past', since: 'changes' } as const;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The moment of the form's field, as typed; '' where the form asks for none, or for the other. */
function typedIn(query: unknown, field: 'at' | 'since'): string {
  return textIn(query, 'show') === SHOWN_BY[field] ? textIn(query, 'moment') : '';
}

/** The query's moment as it stands there; '' when it names none. */
function textOf(query: unknown, field: 'at' | 'since'): string {
  return textIn(query, field) || typedIn(query, field);
}

interface ReadBy {
  readonly now: number;
  /** The forum's zone (IANA), by whose clock the form is filled in. */
  readonly zone: string;
}

/** Null when the query names none; a day alone means its end, or now while it lasts. Throws DomainError `invalid`. */
export function momentIn(query: unknown, field: 'at' | 'since', { now, zone }: ReadBy): Moment | null {
  const text = textOf(query, field);
  if (text === '') return null;
  const position = parsePosition(text);
  if (position !== undefined) return { by: 'position', position };
  const at = DAY.test(text)
    ? endOfDay(text, now)
    : TIME.test(text)
      ? timeOf(text, textIn(query, field) === '' ? zone : 'UTC')
      : Number.NaN;
  if (!Number.isNaN(at) && at >= 0) return { by: 'time', at };
  const message = 'is neither a time such as 2015-10-05T08:00:00Z nor a position of the log';
  throw new DomainError('invalid', `${field} ${message}.`, [{ field, message }]);
}

/** By the clock of the zone, where the text tells no offset. */
function timeOf(text: string, zone: string): number {
  return /(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : clockTime(zone, text);
}

/** In UTC, like all moments of an address. */
function endOfDay(day: string, now: number): number {
  const end = Date.parse(`${day}T23:59:59.999Z`);
  return Date.parse(day) <= now ? Math.min(end, now) : end;
}

/** The fields by which the rules refuse a moment, on each way. */
const MOMENT_FIELDS = ['at', 'since', 'position', 'after'];

/** The typed moment that was refused because the discussion has no such moment; undefined for any other error. */
export function refusedMoment(error: unknown, query: unknown): string | undefined {
  if (!(error instanceof DomainError) || error.code !== 'invalid') return undefined;
  const isOfMoment = error.errors.some(({ field }) => MOMENT_FIELDS.includes(field));
  return isOfMoment ? textOf(query, 'at') || textOf(query, 'since') : undefined;
}

/** The form for the page's address. */
export function momentText(moment: Moment): string {
  return moment.by === 'position' ? String(moment.position) : new Date(moment.at).toISOString();
}

/** The place of a page among the moments of its thread, as times of RFC 3339. */
export interface PageMoment {
  /** Null before the first one. */
  readonly at: string | null;
  readonly earlier: string | null;
  readonly later: string | null;
}

/** The number of the step, where another step has the same second and so the same words; otherwise null. */
export function stepAt({ moments }: Pick<ThreadActivity, 'moments'>, at: string) {
  const times = timesIn(moments);
  const here = times.findLastIndex((time) => Date.parse(time) <= Date.parse(at));
  const isTwin = [times[here - 1], times[here + 1]].some((time) => time?.slice(0, 19) === at.slice(0, 19));
  return here >= 0 && isTwin ? { number: here + 1, count: times.length } : null;
}

/** The times of a thread's moments, each once; a page asks for them again and again. */
const timesOf = new WeakMap<ThreadActivity['moments'], readonly string[]>();

function timesIn(moments: ThreadActivity['moments']): readonly string[] {
  const known = timesOf.get(moments) ?? [...new Set(moments.map(({ at }) => at))];
  timesOf.set(moments, known);
  return known;
}

/** `shown` null means now, which shows all of them. */
export function pageMomentOf({ moments }: Pick<ThreadActivity, 'moments'>, shown: Moment | null): PageMoment {
  const times = timesIn(moments);
  const last = moments.findLast(({ at, position }) => {
    if (shown === null) return true;
    return shown.by === 'position' ? BigInt(position) <= shown.position : Date.parse(at) <= shown.at;
  });
  const at = last?.at ?? null;
  const here = at === null ? -1 : times.lastIndexOf(at);
  return { at, earlier: times[here - 1] ?? null, later: shown === null ? null : (times[here + 1] ?? null) };
}
