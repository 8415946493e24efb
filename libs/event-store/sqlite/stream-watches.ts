import { Marks, type StreamMark } from '../marks.ts';
import type { CommitSignal } from './commit-signal.ts';

/**
 * Knows which streams have not grown since they were read. What this process appends it sees go by; that another one
 * has written is seen by positions that nobody here has taken, and then every watch ends.
 */
export class SqliteStreamWatches {
  readonly #signal: CommitSignal;
  readonly #readHead: () => bigint;
  readonly #marks = new Marks();
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

  watch(stream: string): FileWatch {
    this.#look();
    if (this.#underWay.has(stream)) return ENDED;
    return new Watch(this.#marks.of(stream), () => this.#look());
  }

  begins(stream: string): void {
    this.#marks.end(stream);
    const { size } = this.#underWay;
    this.#underWay.add(stream);
    if (this.#underWay.size === size) this.#others.push(stream);
  }

  ends(stream: string): void {
    const other = this.#others.indexOf(stream);
    if (other === -1) this.#underWay.delete(stream);
    else this.#others.splice(other, 1);
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
    if (head > through || strangers !== this.#strangers) this.#marks.endAll();
    this.#head = head;
    this.#strangers = strangers;
  }
}

/** Answers at once, since the file tells. */
export interface FileWatch {
  isCurrent(): boolean;
}

class Watch implements FileWatch {
  readonly #mark: StreamMark;
  readonly #look: () => void;

  constructor(mark: StreamMark, look: () => void) {
    this.#mark = mark;
    this.#look = look;
  }

  isCurrent(): boolean {
    if (this.#mark.isCurrent) this.#look();
    return this.#mark.isCurrent;
  }
}

const ENDED: FileWatch = { isCurrent: () => false };
