/** The most streams watched at once; the oldest is dropped first. */
const MOST_WATCHED = 50_000;

/** Valid until an event is added to its stream, or until that can no longer be known. */
export interface StreamMark {
  readonly isCurrent: boolean;
}

/** The marks of watched streams that have not grown since. */
export class Marks {
  readonly #marks = new Map<string, { isCurrent: boolean }>();

  /** One and the same for a stream, until it ends. */
  of(stream: string): StreamMark {
    const known = this.#marks.get(stream);
    if (known !== undefined) return known;
    const mark = { isCurrent: true };
    this.#marks.set(stream, mark);
    if (this.#marks.size > MOST_WATCHED) for (const first of this.#marks.keys()) return this.end(first) ?? mark;
    return mark;
  }

  end(stream: string): undefined {
    const mark = this.#marks.get(stream);
    if (mark === undefined) return;
    mark.isCurrent = false;
    this.#marks.delete(stream);
  }

  endAll(): void {
    for (const mark of this.#marks.values()) mark.isCurrent = false;
    this.#marks.clear();
  }
}
