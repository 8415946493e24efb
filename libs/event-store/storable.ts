import type { NewEvent } from './port.ts';

const UUID_FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Throws RangeError for an append that no log can store unchanged: no events, or a stream without a proper name. */
export function checkAppend(stream: string, events: readonly NewEvent[]): void {
  if (events.length === 0) throw new RangeError('an append needs at least one event');
  if (stream === '' || !stream.isWellFormed()) throw new RangeError('a stream needs a name of well-formed Unicode');
}

/** The event's data as JSON text. Throws RangeError for an event that no log can store unchanged. */
export function storableData(event: NewEvent): string {
  if (!UUID_FORM.test(event.id)) throw new RangeError(`an event's id is a UUID in lower case, not ${event.id}`);
  const texts = [event.type, event.actor, event.occurredAt, event.correlationId, event.causationId ?? ''];
  for (const text of texts) {
    if (!text.isWellFormed()) throw new RangeError(`event ${event.id} carries text that is not well-formed Unicode`);
  }
  const data: string | undefined = JSON.stringify(event.data);
  if (data === undefined) throw new RangeError(`event ${event.id} carries data that is no JSON`);
  return data;
}
