import { DomainError } from '../../../libs/kernel/index.ts';
import type { Moment } from './time-machine.query-types.ts';

/** The names under which a request gives a moment: its fields are refused by these. */
export interface MomentFields {
  readonly position: string;
  readonly at: string;
}

/** Throws DomainError `invalid` for a moment that has not come yet: it would be shown differently once it has. */
export function mustHaveBeen(
  moment: Moment,
  now: { readonly position: bigint; readonly at: number },
  fields: MomentFields,
): void {
  if (moment.by === 'position' && moment.position > now.position) {
    throw notYet(fields.position, `lies beyond the end of the log, which is ${now.position}`);
  }
  if (moment.by === 'time' && moment.at > now.at) throw notYet(fields.at, 'lies in the future');
}

function notYet(field: string, message: string): DomainError {
  return new DomainError('invalid', `${field} ${message}.`, [{ field, message }]);
}
