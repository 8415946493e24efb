import { type ServiceError, status } from '@grpc/grpc-js';
import { StoreUnavailable, UnknownPosition } from '../port.ts';
import type { Endpoint } from './settings.ts';

/** A call was not answered in time, so nobody knows whether the database took it. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';

  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
  }
}

/** None of the nodes that answered fits. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
  readonly type = 'unavailable';

  constructor(wanted: string) {
    super(`no node that answers is a ${wanted}`);
  }
}

type Refusal =
  | 'stream-not-found'
  | 'stream-deleted'
  | 'access-denied'
  | 'not-leader'
  | 'invalid-position'
  | 'unavailable'
  | 'unknown';

/** The server's refusal in place of a read's events. `type` is named like the client's faults. */
export class ReadRefused extends Error {
  override readonly name = 'ReadRefused';
  readonly type: Refusal;
  /** The leader, when this node is not. */
  readonly leader: Endpoint | undefined;

  constructor(type: Refusal, message: string, leader?: Endpoint) {
    super(message);
    this.type = type;
    this.leader = leader;
  }

  static by({ code, details, metadata }: ServiceError): ReadRefused {
    const said = (key: string): string => String(metadata?.get(key)[0] ?? '');
    const kind = said('exception');
    if (kind === 'stream-deleted' || kind === 'access-denied') return new ReadRefused(kind, details);
    if (kind === 'not-leader') {
      const leader = { host: said('leader-endpoint-host'), port: Number(said('leader-endpoint-port')) };
      return new ReadRefused('not-leader', details, leader);
    }
    return new ReadRefused(kindBy(code, details), details);
  }
}

/** Only the database's words show this fault; version 23.10 says `Error` where later ones say `InvalidPosition`. */
const REFUSED_POSITION = /Unexpected (Filtered)?ReadAllResult: (InvalidPosition|Error)|invalid position/i;

function kindBy(code: status, details: string): Refusal {
  if (code === status.PERMISSION_DENIED || code === status.UNAUTHENTICATED) return 'access-denied';
  if (code === status.UNKNOWN || code === status.INVALID_ARGUMENT) {
    return REFUSED_POSITION.test(details) ? 'invalid-position' : 'unknown';
  }
  return code === status.UNAVAILABLE || code === status.CANCELLED ? 'unavailable' : 'unknown';
}

/** The fault's name, such as `unavailable` or `wrong-expected-version`; `unknown` for all others. */
export function faultKindOf(error: unknown): string {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  return typeof type === 'string' ? type : 'unknown';
}

/** The error when calls fail for good. Its message has the hosts and never credentials. */
export function notReachable(hosts: string, cause: unknown): StoreUnavailable {
  if (cause instanceof StoreUnavailable) return cause;
  if (faultKindOf(cause) === 'access-denied') {
    const message = `the log at ${hosts} refuses the user or password in EVENT_STORE_URL, or the user may not read $all`;
    return new StoreUnavailable('unreachable', message, { cause });
  }
  const message =
    `the log at ${hosts} cannot be reached (${reasonOf(cause)}): see that KurrentDB runs there, that this machine may ` +
    'connect, and that EVENT_STORE_URL has the right tls options. An append under way may have been recorded; ' +
    'repeating it is harmless.';
  return new StoreUnavailable('unreachable', message, { cause });
}

/** A refused position as UnknownPosition; any other error unchanged. */
export function inOwnWords(error: unknown, position: bigint): unknown {
  return faultKindOf(error) === 'invalid-position' ? new UnknownPosition(position, { cause: error }) : error;
}

function reasonOf(cause: unknown): string {
  if (cause instanceof NotAnswered || cause instanceof NotFound) return cause.message;
  const kind = faultKindOf(cause);
  return kind === 'unknown' && cause instanceof Error && cause.message !== '' ? firstLine(cause.message) : kind;
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 200);
}
