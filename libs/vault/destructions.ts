import type { EventFilter, EventStore, RecordedEvent } from '../event-store/index.ts';
import type { KeyStore } from './keys.ts';

/** The events by which a log says that a key was destroyed, in all versions. */
const KEY_DESTROYED_TYPES: readonly string[] = ['KeyDestroyed.v1'];

/** A key's stream is its own, so that a log finds all of them without being looked through. */
const KEY_STREAMS = 'key-';

/** Passes each of them. */
export const KEY_DESTRUCTIONS: EventFilter = { types: KEY_DESTROYED_TYPES, streamPrefixes: [KEY_STREAMS] };

/** The id of the key whose destruction the event tells; null for any other event. */
export function destroyedKeyIn({ type, data }: Pick<RecordedEvent, 'type' | 'data'>): string | null {
  if (!KEY_DESTROYED_TYPES.includes(type) || typeof data !== 'object' || data === null) return null;
  const id: unknown = Reflect.get(data, 'keyId');
  return typeof id === 'string' ? id : null;
}

/** Whether the log records the key's destruction, in a stream of the key's own. Throws StoreUnavailable. */
export async function isDestructionRecorded(log: Pick<EventStore, 'readStream'>, keyId: string): Promise<boolean> {
  for await (const event of log.readStream(`${KEY_STREAMS}${keyId}`)) if (destroyedKeyIn(event) === keyId) return true;
  return false;
}

/**
 * Destroys in a copy of the keys those that the log beside it says are destroyed; gives their number. Throws
 * StoreUnavailable.
 */
export async function destroyRecorded(log: Pick<EventStore, 'readAll'>, keys: KeyStore): Promise<number> {
  let destroyed = 0;
  for await (const event of log.readAll({ filter: KEY_DESTRUCTIONS })) {
    const id = destroyedKeyIn(event);
    if (id === null || (await keys.stateOf(id)) !== 'kept') continue;
    await keys.add([{ id, key: null }]);
    destroyed += 1;
  }
  return destroyed;
}
