import type { Position } from '../../kernel/index.ts';
import type { AllReads } from './all-reads.ts';
import { decode, type StoredEvent } from './events.ts';
import { ALL_OF_LOG, isForumStream } from './filter.ts';

/** Events looked through at a time on the way back from the end, at first and at most. */
const FIRST_STEP = 16;
const LONGEST_STEP = 512;

interface Known {
  readonly end: Position;
  readonly newest: StoredEvent | undefined;
}

/** Finds the log's newest event, which may have many keys and notices behind it. */
export class Newest {
  readonly #reads: AllReads;
  readonly #begins: Position;
  /** The end of the whole database when it was last looked at, and the log's newest event then. */
  #known: Known | undefined;

  /** Events up to `begins` are not the log's. */
  constructor(reads: AllReads, begins: Position) {
    this.#reads = reads;
    this.#begins = begins;
  }

  /** Undefined for an empty log. One attempt: throws the client's fault. */
  async find(): Promise<StoredEvent | undefined> {
    const [very] = await this.#reads.once({ from: 'end', limit: 1, direction: 'backwards' });
    const end = very?.position;
    if (end === undefined) return undefined;
    const known = this.#known === undefined || this.#known.end > end ? undefined : this.#known;
    if (known?.end === end) return known.newest;
    const last = known === undefined ? await this.#lastOfLog() : await this.#walkBack(known);
    const newest = last === undefined || last.event.position <= this.#begins ? undefined : last;
    this.#known = { end, newest };
    return newest;
  }

  async #lastOfLog(): Promise<StoredEvent | undefined> {
    const [last] = await this.#reads.once({ from: 'end', limit: 1, direction: 'backwards', filter: ALL_OF_LOG });
    return last && (decode(last) ?? (await this.#walkBack({ end: 0n, newest: undefined })));
  }

  /** Searches only what is new since, so that many notices and keys behind the newest event are not read each time. */
  async #walkBack(known: Known): Promise<StoredEvent | undefined> {
    let from: Position | 'end' = 'end';
    for (let limit = FIRST_STEP; ; limit = Math.min(limit * 2, LONGEST_STEP)) {
      const raw = await this.#reads.once({ from, limit, direction: 'backwards' });
      for (const event of raw) {
        if (event.position <= known.end) return known.newest;
        const stored = decode(event);
        if (stored !== undefined && isForumStream(stored.event.stream)) return stored;
      }
      const last = raw.at(-1);
      if (last === undefined || raw.length < limit) return known.newest;
      from = last.position;
    }
  }
}
