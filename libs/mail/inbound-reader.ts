import { AnsweringThread } from '../answering-thread/index.ts';
import { programBeside } from '../kernel/index.ts';
import type { InboundAnswer } from './inbound.ts';

/** A question to the thread. */
export interface InboundQuestion {
  readonly raw: Uint8Array;
  readonly own: readonly string[];
}

/** The longest time for one mail from its own turn on, in milliseconds: a mail made to take longer is read by nobody. */
const LONGEST_MS = 10_000;

/**
 * Reads mails that came in, one after the other, in one thread of its own: anybody may have made them, as long and as
 * crooked as they like, and none takes the time of those that wait behind it.
 */
export class InboundReader {
  readonly #longestMs: number;
  readonly #thread = new AnsweringThread<InboundQuestion, InboundAnswer>({
    program: programBeside(import.meta.url, 'inbound.worker'),
    name: 'inbound',
    instead: () => null,
    endsAfter: 0,
  });
  /** Settled when the mails that came before are read. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(longestMs = LONGEST_MS) {
    this.#longestMs = longestMs;
  }

  /** Null for what is no mail, and for what takes too long. */
  read(raw: Uint8Array, own: readonly string[]): Promise<InboundAnswer> {
    const answer = this.#before.then(() => this.#readInTurn(raw, own));
    this.#before = answer.catch(() => undefined);
    return answer;
  }

  async #readInTurn(raw: Uint8Array, own: readonly string[]): Promise<InboundAnswer> {
    const overdue = setTimeout(() => void this.#thread.close(), this.#longestMs);
    try {
      return await this.#thread.ask({ raw, own });
    } finally {
      clearTimeout(overdue);
    }
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
