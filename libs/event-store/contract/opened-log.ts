import { expect } from '@jest/globals';
import type { EventBatch, EventStore, NewEvent, RecordedEvent } from '../port.ts';

/** An empty log under test, and the figures of its adapter. */
export interface OpenedLog {
  readonly store: EventStore;
  /** Another client of the same log, with an own connection; the suite closes it. */
  readonly another: () => Promise<EventStore>;
  /** Events that `store` has fetched for its readers so far. */
  readonly eventsRead: () => number;
  /** Subscriptions, timers and connections that `store` holds for its open iterators. */
  readonly held: () => number;
  /** Closes the store, if it is still open, and removes the log. */
  readonly dispose: () => Promise<void>;
}

export type OpenLog = () => Promise<OpenedLog>;

/** Gives each test a log of its own. */
export async function withLog(open: OpenLog, test: (log: OpenedLog) => Promise<void>): Promise<void> {
  const log = await open();
  try {
    await test(log);
  } finally {
    await log.dispose();
  }
}

/** The event as the log must give it back: unchanged, with its place. */
export function recorded(stream: string, revision: bigint, event: NewEvent): unknown {
  return {
    ...event,
    sealed: hexOf(event.sealed),
    stream,
    revision,
    position: expect.any(BigInt),
    recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  };
}

/** The event with its bytes as hex digits, so that a Buffer equals a Uint8Array. */
export function comparable(event: RecordedEvent): unknown {
  return { ...event, sealed: hexOf(event.sealed) };
}

function hexOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('hex');
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Reads batches until the subscriber has come to the position; closes the iterator. */
export async function batchesUpTo(batches: AsyncIterable<EventBatch>, position: bigint): Promise<EventBatch[]> {
  const list: EventBatch[] = [];
  for await (const batch of batches) {
    list.push(batch);
    if (batch.position >= position) break;
  }
  return list;
}
