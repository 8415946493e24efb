import type { StreamWatch } from '../port.ts';
import type { CommitSignal } from './commit-signal.ts';

/** Streams that are watched at once; the first of them makes room. */
const MOST_WATCHED = 50_000;

/**
 * Knows which streams have not grown since they were read. What this process appends it sees go by; that another one
 * has written is seen by positions that nobody here has taken, and then every watch ends.
 */
export class StreamWatches {
  readonly #signal: CommitSignal;
  readonly #readHead: () => bigint;
  readonly #watches = new Map<string, Watch>();
  /** Streams with an append under way: whether it is in the log already, nobody knows. */
  readonly #underWay = new Set<string>();
  /** Further appends to those streams, which are rare. */
  readonly #others: string[] = [];
  #head = -1n;
  #strangers = 0;
  #looked = false;

  constructor(signal: CommitSignal, readHead: () => bigint) {
    this.#signal = signal;
    this.#readHead = readHead;
  }

  watch(stream: string): StreamWatch {
    this.#look();
    if (this.#underWay.has(stream)) return ENDED;
    const known = this.#watches.get(stream);
    if (known !== undefined) return known;
    const watch = new Watch(() => this.#look());
    this.#watches.set(stream, watch);
    if (this.#watches.size > MOST_WATCHED) for (const first of this.#watches.keys()) return this.#end(first) ?? watch;
    return watch;
  }

  begins(stream: string): void {
    this.#end(stream);
    const { size } = this.#underWay;
    this.#underWay.add(stream);
    if (this.#underWay.size === size) this.#others.push(stream);
  }

  ends(stream: string): void {
    const other = this.#others.indexOf(stream);
    if (other === -1) this.#underWay.delete(stream);
    else this.#others.splice(other, 1);
  }

  #end(stream: string): undefined {
    const watch = this.#watches.get(stream);
    if (watch === undefined) return;
    watch.end();
    this.#watches.delete(stream);
  }

  /**
   * Once in a turn of the event loop, since each look is a read of the file: who has been told of a commit elsewhere asks
   * in a later turn.
   */
  #look(): void {
    if (this.#looked) return;
    this.#looked = true;
    setImmediate(() => {
      this.#looked = false;
    });
    const head = this.#readHead();
    if (head === this.#head) return;
    const { strangers, through } = this.#signal;
    if (head > through || strangers !== this.#strangers) this.#endAll();
    this.#head = head;
    this.#strangers = strangers;
  }

  #endAll(): void {
    for (const watch of this.#watches.values()) watch.end();
    this.#watches.clear();
  }
}

class Watch implements StreamWatch {
  readonly #look: () => void;
  #current = true;

  constructor(look: () => void) {
    this.#look = look;
  }

  isCurrent(): boolean {
    if (this.#current) this.#look();
    return this.#current;
  }

  end(): void {
    this.#current = false;
  }
}

const ENDED: StreamWatch = { isCurrent: () => false };
