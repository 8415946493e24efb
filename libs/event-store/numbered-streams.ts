import { Slices } from '../kernel/index.ts';
import type { EventStore, RecordedEvent } from './port.ts';

/** Streams of one event each, numbered from 1 without a gap, such as the versions of something. */
export interface NumberedStreams {
  readonly store: Pick<EventStore, 'readStream'>;
  readonly nameOf: (number: number) => string;
}

/** One of them, with its event. */
export interface Numbered {
  readonly number: number;
  readonly event: RecordedEvent;
}

/** The event of that number; null when there is none. */
export async function numberedEvent({ store, nameOf }: NumberedStreams, number: number): Promise<RecordedEvent | null> {
  for await (const event of store.readStream(nameOf(number))) return event;
  return null;
}

/**
 * The newest stream, found from a known one (0 for none); null when nothing came after that. The steps double and are
 * then halved, so of a thousand some twenty are read, and the event loop turns between two of them.
 */
export async function newestNumbered(streams: NumberedStreams, known: number): Promise<Numbered | null> {
  const slices = new Slices();
  const read = async (number: number): Promise<Numbered | null> => {
    await slices.pause();
    const event = await numberedEvent(streams, number);
    return event && { number, event };
  };
  let newest: Numbered | null = null;
  let [there, step] = [known, 1];
  for (let next = await read(there + step); next !== null; next = await read(there + step)) {
    newest = next;
    there = next.number;
    step *= 2;
  }
  for (let missing = there + step; missing - there > 1; ) {
    const middle = Math.floor((there + missing) / 2);
    const next = await read(middle);
    if (next === null) missing = middle;
    else [newest, there] = [next, middle];
  }
  return newest;
}
