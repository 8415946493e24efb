import type { ExpectedRevision, NewEvent } from '../port.ts';
import { checkAppend, storableData } from '../storable.ts';
import type { Fault } from './faults.ts';

/**
 * All appends of one tick on their way to the writer, column by column: arrays of strings cross between threads several
 * times faster than an object for each event.
 */
export interface AppendMessage {
  readonly kind: 'append';
  /** One entry for each append. */
  readonly streams: string[];
  readonly expected: ExpectedRevision[];
  readonly counts: number[];
  /** One entry for each event, in the order of the appends. */
  readonly ids: string[];
  readonly types: string[];
  readonly data: string[];
  readonly occurredAt: string[];
  readonly actors: string[];
  readonly correlationIds: string[];
  readonly causationIds: (string | null)[];
  /** The bytes of each event's sealed part, -1 for none; the parts themselves stand one after the other in `sealed`. */
  readonly sealedLengths: number[];
  sealed: Uint8Array;
}

export type ToWriter = AppendMessage | { readonly kind: 'close' };

/** The outcome of an append that was not simply written. */
export type Exception =
  | { readonly index: number; readonly kind: 'repeated'; readonly position: bigint; readonly revision: bigint }
  | { readonly index: number; readonly kind: 'conflict'; readonly actual: ExpectedRevision }
  | { readonly index: number; readonly kind: 'refused'; readonly message: string };

/** The outcome of the appends of one message: written from `first` on, in order, except for the exceptions. */
export interface Settled {
  readonly first: bigint;
  readonly exceptions: readonly Exception[];
}

export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly fault: Fault }
  /** The disk has failed: everything is refused from now on, and the thread leaves the file as it is. */
  | { readonly kind: 'faulted'; readonly fault: Fault }
  /** A checkpoint failed; null: the first one after that succeeded. */
  | { readonly kind: 'checkpointed'; readonly fault: Fault | null }
  /** One commit: an entry for each message that it took, oldest first. */
  | { readonly kind: 'committed'; readonly settled: readonly Settled[] }
  | { readonly kind: 'failed'; readonly messages: number; readonly fault: Fault };

/** Gathers appends until they are sent. */
export class Batch {
  readonly message: AppendMessage = {
    kind: 'append',
    streams: [],
    expected: [],
    counts: [],
    ids: [],
    types: [],
    data: [],
    occurredAt: [],
    actors: [],
    correlationIds: [],
    causationIds: [],
    sealedLengths: [],
    sealed: new Uint8Array(0),
  };
  readonly #sealed: Uint8Array[] = [];

  /** Throws RangeError for events that cannot be stored unchanged; the batch then stays as it was. */
  add(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): void {
    const data = events.map((event) => storableData(event));
    checkAppend(stream, events);
    this.message.streams.push(stream);
    this.message.expected.push(expected);
    this.message.counts.push(events.length);
    this.message.data.push(...data);
    for (const event of events) this.#addEnvelope(event);
  }

  #addEnvelope(event: NewEvent): void {
    const { message } = this;
    message.ids.push(event.id);
    message.types.push(event.type);
    message.occurredAt.push(event.occurredAt);
    message.actors.push(event.actor);
    message.correlationIds.push(event.correlationId);
    message.causationIds.push(event.causationId);
    message.sealedLengths.push(event.sealed === null ? -1 : event.sealed.byteLength);
    if (event.sealed !== null) this.#sealed.push(event.sealed);
  }

  /** The message, ready to be posted. */
  finish(): AppendMessage {
    this.message.sealed = joined(this.#sealed);
    return this.message;
  }
}

/** Copied, since a Buffer's memory is often a slice of a shared pool that would be sent whole. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.byteLength;
  }
  return all;
}
