import { DomainError, parsePosition } from '../../../../libs/kernel/index.ts';
import type { Moment } from '../../../views/thread/past/past.query-types.ts';

/** A moment in a query, with checked values: a position, or a time of RFC 3339. */
export interface GivenMoment {
  readonly position: { readonly field: string; readonly value: string | undefined };
  readonly time: { readonly field: string; readonly value: string | undefined };
}

/** Null when the query names no moment. Throws DomainError `invalid` when it names two. */
export function givenMoment({ position, time }: GivenMoment): Moment | null {
  if (position.value !== undefined && time.value !== undefined) {
    const message = `cannot stand beside ${time.field}: name a moment by one of the two`;
    throw new DomainError('invalid', `${position.field} ${message}.`, [{ field: position.field, message }]);
  }
  if (time.value !== undefined) return { by: 'time', at: Date.parse(time.value) };
  const place = parsePosition(position.value);
  return place === undefined ? null : { by: 'position', position: place };
}
