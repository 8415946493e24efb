import { StoreUnavailable } from '../port.ts';

/** A call was not answered in its time: whether the database took it is unknown. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';

  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
  }
}

/** The client's own name for a fault, such as `unavailable` or `wrong-expected-version`; `unknown` for all else. */
export function kindOf(error: unknown): string {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  return typeof type === 'string' ? type : 'unknown';
}

/** What is told when calls fail for good. Hosts stand in the message, since credentials never may. */
export function unreachable(hosts: string, cause: unknown): StoreUnavailable {
  if (cause instanceof StoreUnavailable) return cause;
  if (kindOf(cause) === 'access-denied') {
    const message = `the log at ${hosts} refuses the user or password in EVENT_STORE_URL, or the user may not read $all`;
    return new StoreUnavailable('unreachable', message, { cause });
  }
  const message =
    `the log at ${hosts} cannot be reached (${reasonOf(cause)}): see that KurrentDB runs there, that this machine may ` +
    'connect, and that EVENT_STORE_URL has the right tls options. An append under way may have been recorded; ' +
    'repeating it is harmless.';
  return new StoreUnavailable('unreachable', message, { cause });
}

function reasonOf(cause: unknown): string {
  if (cause instanceof NotAnswered) return cause.message;
  const kind = kindOf(cause);
  return kind === 'unknown' && cause instanceof Error && cause.message !== '' ? firstLine(cause.message) : kind;
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 200);
}
