import { eventLine, type RecordedEvent } from '../event-store/index.ts';
import { entryOf } from '../transparency/index.ts';
import type { KeptLeaf } from './kept-tree.ts';

/** The leaf that the tree keeps of an event. */
export function leafOf(event: RecordedEvent): KeptLeaf {
  return { position: event.position, entry: entryOf(eventLine(event)) };
}
