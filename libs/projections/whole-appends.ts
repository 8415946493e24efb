import { type EventBatch, LogGap, type RecordedEvent } from '../event-store/port.ts';

/**
 * The batches of a subscription, cut so that no append lies in two of them. An append goes to one stream, so the last
 * run of a stream waits for the next events, unless the log has ended there, or is torn. A run that fills a batch alone
 * is not held back.
 */
export async function* wholeAppends(batches: AsyncIterable<EventBatch>): AsyncGenerator<EventBatch> {
  let held: readonly RecordedEvent[] = [];
  try {
    for await (const batch of batches) {
      const events = held.length > 0 ? [...held, ...batch.events] : batch.events;
      const whole = batch.caughtUp ? events.length : lengthOfWholeAppends(events);
      held = events.slice(whole);
      const last = events[whole - 1];
      if (whole === events.length) yield { ...batch, events };
      else if (last) yield { events: events.slice(0, whole), position: last.position, caughtUp: false };
    }
  } catch (error) {
    const last = held.at(-1);
    if (error instanceof LogGap && last) yield { events: held, position: last.position, caughtUp: false };
    throw error;
  }
}

/** How many events surely belong to whole appends. */
function lengthOfWholeAppends(events: readonly RecordedEvent[]): number {
  const stream = events.at(-1)?.stream;
  const length = events.findLastIndex((event) => event.stream !== stream) + 1;
  return length === 0 ? events.length : length;
}
