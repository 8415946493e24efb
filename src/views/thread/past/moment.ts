import { DomainError } from '../../../../libs/kernel/index.ts';
import type { ThreadLife } from './life.ts';
import type { Moment } from './past.query-types.ts';

/** The names under which a request gives a moment: its fields are refused by these. */
export interface MomentFields {
  readonly position: string;
  readonly at: string;
}

/** Up to when a thread can be looked at: now, or when the last of it happened by the clock of whoever recorded it. */
export function reachOf({ latest }: Pick<ThreadLife, 'latest'>, position: bigint): Reach {
  return { position, at: Math.max(Date.now(), latest) };
}

export interface Reach {
  readonly position: bigint;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Throws DomainError `invalid` for a moment that has not come yet: it would be shown differently once it has. */
export function mustHaveBeen(moment: Moment, now: Reach, fields: MomentFields): void {
  if (moment.by === 'position' && moment.position > now.position) {
    throw notYet(fields.position, `lies beyond the end of the log, which is ${now.position}`);
  }
  if (moment.by === 'time' && moment.at > now.at) throw notYet(fields.at, 'lies in the future');
}

function notYet(field: string, message: string): DomainError {
  return new DomainError('invalid', `${field} ${message}.`, [{ field, message }]);
}
