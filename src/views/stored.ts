import type { RecordedEvent } from '../../libs/event-store/index.ts';
import type { Fact } from '../../libs/kernel/index.ts';
import type { ForumEvent } from '../domain/event-types.ts';

/** A fact as the log stores it, with its personal part still sealed. */
export type Stored<F extends Fact> =
  F extends Fact<infer Type, infer Data> ? RecordedEvent & { readonly type: Type; readonly data: Data } : never;

/** The events of these types, each with the shape of its data; the log holds only what the deciders recorded. */
export type StoredOf<Type extends ForumEvent['type']> = Stored<Extract<ForumEvent, { type: Type }>>;

/** True for the event types that a view folds; the list is the view's `eventTypes`. */
export function isOneOf<Type extends ForumEvent['type']>(
  event: RecordedEvent,
  types: readonly Type[],
): event is StoredOf<Type> {
  const known: readonly string[] = types;
  return known.includes(event.type);
}
