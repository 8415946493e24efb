import type { RecordedEvent } from '../event-store/index.ts';
import type { EventQuery } from './port.ts';

/** The kind in `comment-*`, which means every stream whose name begins so. */
export function kindIn(stream: string): string | null {
  return stream.endsWith('-*') ? stream.slice(0, -2) : null;
}

/** A stream's first word. */
export function kindOf(stream: string): string {
  const end = stream.indexOf('-');
  return end === -1 ? stream : stream.slice(0, end);
}

/** Whether an event matches the query; the index gives the same answer. */
export function matcher(query: EventQuery): (event: RecordedEvent) => boolean {
  const { actor, correlation, causation, stream } = query;
  const types = query.types && new Set(query.types);
  const kind = stream === undefined ? null : kindIn(stream);
  const [from, to] = [momentOf(query.from), momentOf(query.to)];
  return (event) =>
    (types?.has(event.type) ?? true) &&
    (stream === undefined || (kind === null ? event.stream === stream : kindOf(event.stream) === kind)) &&
    (actor === undefined || event.actor === actor) &&
    (correlation === undefined || event.correlationId === correlation) &&
    (causation === undefined || event.causationId === causation) &&
    (from === null || Date.parse(event.recordedAt) >= from) &&
    (to === null || Date.parse(event.recordedAt) < to);
}

function momentOf(text: string | undefined): number | null {
  return text === undefined ? null : Date.parse(text);
}
