import { DomainError } from './domain-error.ts';

/** The forum closes: who asks again finds it back. */
export function shuttingDown(): DomainError {
  return new DomainError('shutting_down', 'The forum is restarting; ask again in a few seconds.', [], 5);
}
