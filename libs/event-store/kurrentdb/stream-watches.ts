import type { Position } from '../../kernel/index.ts';
import { Marks, type StreamMark } from '../marks.ts';
import type { StreamWatch } from '../port.ts';
import type { Connection } from './connection.ts';
import { faultKindOf } from './faults.ts';
import type { RawPlace } from './raw-event.ts';
import type { Reads } from './reads.ts';

/** The records that one look reads; when more are new, everything is read again, which costs no more. */
const MOST_NEW = 100;

/** The position searched so far, and its session, since another node may be behind. */
interface Seen {
  readonly reads: Reads;
  readonly end: Position;
}

interface Look {
  /** The state known when it was sent. */
  readonly from: Seen | undefined;
  readonly reads: Reads;
  /** From the last record that had been seen on; without one, the newest. */
  readonly places: readonly RawPlace[];
}

/**
 * Knows the streams that have not grown since they were read, by one read of what the whole database got since the last
 * one: so a command that rests on six streams asks the database once. A look is sent at the end of a turn of the event
 * loop, after all its users have asked, so each of them sees what was recorded before.
 */
export class KurrentStreamWatches {
  readonly #connection: Pick<Connection, 'read' | 'persist'>;
  readonly #marks = new Marks();
  #seen: Seen | undefined;
  #next: Promise<void> | undefined;

  constructor(connection: Pick<Connection, 'read' | 'persist'>) {
    this.#connection = connection;
  }

  /** Nothing is known until the first look is back. */
  watch(stream: string): StreamWatch {
    if (this.#seen !== undefined) return new Watch(this.#marks.of(stream), () => this.#level());
    this.#level().catch(() => undefined);
    return ENDED;
  }

  /** Resolves when everything that stood in the database at the call is known here. */
  #level(): Promise<void> {
    this.#next ??= new Promise((resolve) => setImmediate(resolve)).then(() => {
      this.#next = undefined;
      return this.#look();
    });
    return this.#next;
  }

  async #look(): Promise<void> {
    const from = this.#seen;
    try {
      this.#learn(await this.#connection.persist(() => this.#ask(from)));
    } catch (error) {
      this.#forget();
      if (faultKindOf(error) !== 'invalid-position') throw error;
    }
  }

  async #ask(from: Seen | undefined): Promise<Look> {
    let asked: Reads | undefined;
    const places = await this.#connection.read((reads) => {
      asked = reads;
      if (from === undefined) return reads.places({ from: 'end', limit: 1, direction: 'backwards' });
      return reads.places({ from: from.end, limit: MOST_NEW });
    });
    if (asked === undefined) throw new TypeError('a read that was answered was asked');
    return { from, reads: asked, places };
  }

  /** Looks may come back in another order; what a later one has told already is left out. */
  #learn({ from, reads, places }: Look): void {
    const end = places.at(-1)?.position;
    if (end === undefined) return this.#forget();
    const seen = this.#seen;
    if (seen === undefined) this.#seen = { reads, end };
    if (seen === undefined || from === undefined) return;
    const isUnbroken = places[0]?.position === from.end && from.end <= seen.end && places.length < MOST_NEW;
    if (seen.reads !== reads || !isUnbroken) return this.#forget();
    for (const { stream, position } of places) if (position > seen.end) this.#marks.end(stream);
    if (end > seen.end) this.#seen = { reads, end };
  }

  /** Every stream is read again at its next use, and the next look begins at the end. */
  #forget(): void {
    this.#marks.endAll();
    this.#seen = undefined;
  }
}

class Watch implements StreamWatch {
  readonly #mark: StreamMark;
  readonly #level: () => Promise<void>;

  constructor(mark: StreamMark, level: () => Promise<void>) {
    this.#mark = mark;
    this.#level = level;
  }

  async isCurrent(): Promise<boolean> {
    if (this.#mark.isCurrent) await this.#level();
    return this.#mark.isCurrent;
  }
}

const ENDED: StreamWatch = { isCurrent: () => false };
