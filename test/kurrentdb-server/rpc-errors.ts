import { Metadata, type StatusObject, status } from '@grpc/grpc-js';
import type { ExpectedRevision } from './records.ts';

/** An answer that refuses: code, text and trailers as the real server sends them; the client tells errors apart by these. */
export type Refusal = Partial<StatusObject> & { readonly code: status; readonly details: string };

export interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

/** Trailers are ASCII; the client knows the stream’s name anyway. */
const NOT_ASCII = /[^ -~]/g;

function refusal(code: status, details: string, trailers: Readonly<Record<string, string>> = {}): Refusal {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value.replace(NOT_ASCII, '?'));
  return { code, details, metadata };
}

export const invalidArgument = (details: string): Refusal => refusal(status.INVALID_ARGUMENT, details);

export const unavailable = (details: string): Refusal => refusal(status.UNAVAILABLE, details);

export const unauthenticated = (): Refusal => refusal(status.UNAUTHENTICATED, 'Unauthenticated');

export const accessDenied = (): Refusal =>
  refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

/** Of which server this one answers as, where the two that were tried differ. */
export type ServerVersion = '23.10' | '24.2';

/** A read that begins where no record does: an error without a kind, told by its words alone. */
export const refusedRead = (version: ServerVersion, isFiltered: boolean): Refusal => {
  const result = version === '23.10' ? 'Error' : 'InvalidPosition';
  return refusal(status.UNKNOWN, `Unexpected ${isFiltered ? 'FilteredReadAllResult' : 'ReadAllResult'}: ${result}`);
};

export const refusedSubscription = (): Refusal => invalidArgument('Trying to read from an invalid position.');

/** What the server did not expect itself. */
export const thrownByHandler = (): Refusal => refusal(status.UNKNOWN, 'Exception was thrown by handler.');

export const streamDeleted = (stream: string): Refusal =>
  refusal(status.FAILED_PRECONDITION, `Stream '${stream}' has a tombstone.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const notLeader = ({ host, port }: NodeAddress): Refusal =>
  refusal(status.NOT_FOUND, 'This node is not the leader.', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const maxAppendSizeExceeded = (maxBytes: number): Refusal =>
  refusal(status.INVALID_ARGUMENT, `An append may have ${maxBytes} bytes at most.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(maxBytes),
  });

export const metadataMissing = (name: string): Refusal =>
  refusal(status.INVALID_ARGUMENT, `The property '${name}' of an event is missing.`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

/** For deletes; appends answer a wrong revision with a message of their own. */
export const wrongExpectedVersion = (stream: string, expected: ExpectedRevision, current: bigint): Refusal =>
  refusal(status.FAILED_PRECONDITION, `Stream '${stream}' is at ${current}, not at ${expected}.`, {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': String(numberOf(expected)),
    'actual-version': String(current),
  });

function numberOf(expected: ExpectedRevision): bigint {
  if (typeof expected === 'bigint') return expected;
  const numbers = { 'no-stream': -1n, any: -2n, 'stream-exists': -4n } as const;
  return numbers[expected];
}
