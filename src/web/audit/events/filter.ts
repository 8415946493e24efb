import { DomainError, type FieldError } from '../../../../libs/kernel/index.ts';
import type { FilterWish } from '../../../acts/auditing/audits.ts';
import type { MessageKey } from '../../shell/i18n/translate.ts';
import type { EventFields } from './events-page.tsx';

const TYPES = /^[A-Z][A-Za-z]{0,59}(\.v[1-9]\d{0,2})?(,[A-Z][A-Za-z]{0,59}(\.v[1-9]\d{0,2})?){0,19}$/;
const DAY_OR_MOMENT = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?)?Z?$/;
const LONGEST = 300;

/** The filter of the form; days and times are UTC. Throws DomainError `invalid` that names each field. */
export function filterIn(fields: EventFields): FilterWish {
  const errors: FieldError[] = [];
  const refuse = (field: string, message: string): undefined => {
    errors.push({ field, message });
    return undefined;
  };
  const text = (field: 'stream' | 'actor' | 'correlation' | 'causation') => {
    const value = fields[field];
    if (value === '') return undefined;
    return value.length <= LONGEST ? value : refuse(field, `must have ${LONGEST} characters at most`);
  };
  const moment = (field: 'from' | 'to') => {
    if (fields[field] === '') return undefined;
    return momentIn(fields[field]) ?? refuse(field, 'must be a day or a moment such as 2015-10-05T08:00:00Z');
  };
  const type = fields.type.replaceAll(' ', '');
  const wish = {
    type: type === '' ? undefined : TYPES.test(type) ? type : refuse('type', 'must be a type such as CommentPosted'),
    stream: text('stream'),
    actor: text('actor'),
    correlation: text('correlation'),
    causation: text('causation'),
    from: moment('from'),
    to: moment('to'),
  };
  if (errors.length > 0) throw new DomainError('invalid', 'The filter is wrong.', errors);
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
}

/** The words of each refused field; for moments they tell a malformed one from the wrong order. */
export function filterWords({ to }: Pick<EventFields, 'to'>): Readonly<Record<keyof EventFields, MessageKey>> {
  return {
    type: 'field.eventType',
    stream: 'field.stream',
    actor: 'field.actor',
    correlation: 'field.eventId',
    causation: 'field.eventId',
    from: 'field.moment',
    to: momentIn(to) === null ? 'field.moment' : 'rehearse.period',
  };
}

function momentIn(text: string): string | null {
  if (!DAY_OR_MOMENT.test(text)) return null;
  const whole = text.length === 10 ? `${text}T00:00:00Z` : `${text.replace(' ', 'T').replace(/Z?$/, '')}Z`;
  const at = Date.parse(whole);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
