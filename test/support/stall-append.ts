import type { EventStore } from '../../libs/event-store/index.ts';

export interface StalledAppend {
  /** Resolves with the stream's name once an append waits. */
  readonly reached: Promise<string>;
  readonly goOn: () => void;
}

/**
 * Holds up the next append of an event of this type, as a machine that stands still would, until it is told to go on:
 * before the log has it, or when the log has it and its answer is on the way.
 */
export function stallAppend(store: EventStore, type: string, when: 'before' | 'answered' = 'before'): StalledAppend {
  const append = store.append.bind(store);
  const [reached, going] = [Promise.withResolvers<string>(), Promise.withResolvers<void>()];
  let isHeld = false;
  store.append = async (stream, events, expected) => {
    if (isHeld || !events.some((event) => event.type === type)) return append(stream, events, expected);
    isHeld = true;
    const answer = when === 'answered' ? await append(stream, events, expected) : null;
    reached.resolve(stream);
    await going.promise;
    return answer ?? append(stream, events, expected);
  };
  return { reached: reached.promise, goOn: () => going.resolve() };
}
