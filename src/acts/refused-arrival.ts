import { DomainError } from '../../libs/kernel/index.ts';
import type { RuleName } from '../../libs/words/index.ts';
import type { ArrivalFacts } from '../domain/policy/arrival.ts';

/** Seconds after which a network may have a share again. */
const HOUR_SECONDS = 3_600;

/** The refusal of somebody whom a rule of the policy stops, with what to do about it. */
export function refusedArrival(rule: RuleName, kind: ArrivalFacts['kind']): DomainError {
  if (rule === 'disposable-address') {
    const message = 'is of a provider of addresses to throw away; give one that stays yours';
    const field = kind === 'guest' ? 'guest.email' : 'email';
    return new DomainError('disposable_address', `The e-mail address ${message}.`, [{ field, message }]);
  }
  if (rule === 'registrations') {
    const detail = 'Too many people have registered from your network. Try again later, or ask for an invitation.';
    return new DomainError('too_many_registrations', detail, [], HOUR_SECONDS);
  }
  return new DomainError(
    'form_refused',
    'The form was sent faster than people fill it in, long after it was shown, or by a program. Send it again.',
  );
}
