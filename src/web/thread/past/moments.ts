import type { ThreadActivity } from '../../../../libs/client/index.ts';
import { DomainError, parsePosition } from '../../../../libs/kernel/index.ts';
import type { Moment } from '../../../views/thread/past/past.query-types.ts';
import { textIn } from '../../shell/paths.ts';

/** As RFC 3339 has it, or as a form's field for date and time, which is then UTC. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/;

/** What the form's two buttons make of its one field. */
const SHOWN_BY = { at: 'past', since: 'changes' } as const;

/** Null when the query names none. Throws DomainError `invalid`. */
export function momentIn(query: unknown, field: 'at' | 'since'): Moment | null {
  const ofForm = textIn(query, 'show') === SHOWN_BY[field] ? textIn(query, 'moment') : '';
  const text = textIn(query, field) || ofForm;
  if (text === '') return null;
  const position = parsePosition(text);
  if (position !== undefined) return { by: 'position', position };
  const at = TIME.test(text) ? Date.parse(/(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`) : Number.NaN;
  if (!Number.isNaN(at) && at >= 0) return { by: 'time', at };
  const message = 'is neither a time such as 2015-10-05T08:00:00Z nor a position of the log';
  throw new DomainError('invalid', `${field} ${message}.`, [{ field, message }]);
}

/** As it stands in the page's address. */
export function momentText(moment: Moment): string {
  return moment.by === 'position' ? String(moment.position) : new Date(moment.at).toISOString();
}

/** Where a page stands among the moments of its thread, as times of RFC 3339. */
export interface PageMoment {
  /** Null before the first one. */
  readonly at: string | null;
  readonly earlier: string | null;
  readonly later: string | null;
}

/** `shown` null: now, which shows all of them. */
export function pageMomentOf({ moments }: Pick<ThreadActivity, 'moments'>, shown: Moment | null): PageMoment {
  const times = [...new Set(moments.map(({ at }) => at))];
  const passed = moments.filter(({ at, position }) => {
    if (shown === null) return true;
    return shown.by === 'position' ? BigInt(position) <= shown.position : Date.parse(at) <= shown.at;
  });
  const at = passed.at(-1)?.at ?? null;
  const here = at === null ? -1 : times.indexOf(at);
  return { at, earlier: times[here - 1] ?? null, later: shown === null ? null : (times[here + 1] ?? null) };
}
