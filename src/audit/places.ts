import { type RecordedEvent, UnknownPosition } from '../../libs/event-store/index.ts';
import { DomainError, type Position } from '../../libs/kernel/index.ts';

export interface PlacesAround {
  /** The last event at or before a position; 0n when there is none. */
  readonly floor: Position;
  /** The first event at or after it, as far as is known. */
  readonly ceiling: Position | undefined;
}

export interface Places {
  around(position: Position): Promise<PlacesAround>;
}

/** A log whose positions have no gaps can be read from any number. */
export const ANY_NUMBER: Places = { around: async (position) => ({ floor: position, ceiling: position }) };

/** As many events as wanted. Throws DomainError not_found for a position that the log does not know after all. */
export async function* firstOf(
  events: AsyncIterable<RecordedEvent>,
  limit: number,
  isWanted: (event: RecordedEvent) => boolean,
): AsyncGenerator<RecordedEvent, void> {
  if (limit === 0) return;
  let found = 0;
  try {
    for await (const event of events) {
      if (!isWanted(event)) continue;
      yield event;
      found += 1;
      if (found === limit) return;
    }
  } catch (error) {
    if (!(error instanceof UnknownPosition)) throw error;
    throw new DomainError('not_found', 'There is no event at this position.');
  }
}
