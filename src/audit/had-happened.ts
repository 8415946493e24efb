import type { RecordedEvent } from '../../libs/event-store/index.ts';

/** The streams whose beginning an event needs, by the field that names them. */
const NAMED = { postId: 'post', parentId: 'comment', commentId: 'comment' } as const;

/**
 * Tells which of a log's events, given in order, had happened by a moment (milliseconds since 1970): imported ones at
 * the time of their source. No event comes before those it follows: the earlier events of its stream, and the post or
 * comment that it names.
 */
export class HadHappened {
  readonly #time: number;
  /** Streams with an event that is left out; true where nothing of them is left. */
  readonly #cut = new Map<string, boolean>();

  constructor(time: number) {
    this.#time = time;
  }

  /** To be asked of every event once. */
  takes(event: RecordedEvent): boolean {
    const { stream, revision, occurredAt } = event;
    const hadHappened = Date.parse(occurredAt) <= this.#time;
    if (hadHappened && !this.#cut.has(stream) && !this.#isAboutNothing(event)) return true;
    if (!this.#cut.has(stream)) this.#cut.set(stream, revision === 0n);
    return false;
  }

  /** True when it names a post or a comment that was not there yet. */
  #isAboutNothing({ data }: RecordedEvent): boolean {
    return Object.entries(NAMED).some(([field, kind]) => {
      const id = textOf(data, field);
      return id !== null && this.#cut.get(`${kind}-${id}`) === true;
    });
  }
}

function textOf(data: unknown, field: string): string | null {
  const value: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, field) : null;
  return typeof value === 'string' ? value : null;
}
