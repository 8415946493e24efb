import type { Filter } from '@kurrent/kurrentdb-client';
import type { EventFilter, RecordedEvent } from '../port.ts';

export type { Filter } from '@kurrent/kurrentdb-client';

/** Streams of the database that are not the forum's log: its own, the vault's, and the nodes' notices. */
const RESERVED = ['$', 'vault-', 'node-'];
const FORUM_STREAMS = '^(?!\\$|vault-|node-)';

export function isForumStream(stream: string): boolean {
  return !RESERVED.some((prefix) => stream.startsWith(prefix));
}

/** The filter for the forum's whole log. */
export const ALL_OF_LOG: Filter = { filterOn: 'streamName', regex: FORUM_STREAMS, checkpointInterval: 1 };

/**
 * The part of a filter that the database applies. It takes one kind, so types go first, since they leave out more;
 * `passes` applies the rest. Null when nothing can pass.
 */
export function serverFilter(filter: EventFilter | undefined): Filter | null {
  const { types, streamPrefixes } = filter ?? {};
  if (types?.length === 0 || streamPrefixes?.length === 0) return null;
  if (types !== undefined) return { filterOn: 'eventType', prefixes: [...types], checkpointInterval: 1 };
  if (streamPrefixes === undefined || streamPrefixes.some(mayBeReserved)) return ALL_OF_LOG;
  return { filterOn: 'streamName', prefixes: [...streamPrefixes], checkpointInterval: 1 };
}

/** A prefix that reserved streams share must not let their positions pass for the log's. */
function mayBeReserved(prefix: string): boolean {
  return RESERVED.some((reserved) => reserved.startsWith(prefix) || prefix.startsWith(reserved));
}

export type Passes = (event: RecordedEvent) => boolean;

export function passes(filter: EventFilter | undefined): Passes {
  const types = filter?.types === undefined ? undefined : new Set(filter.types);
  const prefixes = filter?.streamPrefixes;
  return ({ type, stream }) =>
    isForumStream(stream) &&
    (types?.has(type) ?? true) &&
    (prefixes?.some((prefix) => stream.startsWith(prefix)) ?? true);
}
