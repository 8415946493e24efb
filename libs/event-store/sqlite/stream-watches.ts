import { Marks, type StreamMark } from '../marks.ts';
import type { CommitSignal } from './commit-signal.ts';

/**
 * Knows the streams that have not grown since they were read. It sees this process's appends; another process's writes
 * show as positions that nobody here has taken, and then every watch ends.
 */
export class SqliteStreamWatches {
  readonly #signal: CommitSignal;
  readonly #readHead: () => bigint;
  readonly #marks = new Marks();
  /** Streams with an append under way, of which nobody knows whether the log has it already. */
  readonly #underWay = new Set<string>();
  /** Further appends to those streams; these are rare. */
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
   * Looks once in a turn of the event loop, since each look reads the file; whoever hears of a commit elsewhere asks in
   * a later turn.
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

/** Answers synchronously, since the file tells. */
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
