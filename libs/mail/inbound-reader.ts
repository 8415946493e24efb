import { AnsweringThread } from '../answering-thread/index.ts';
import { programBeside } from '../kernel/index.ts';
import type { InboundAnswer } from './inbound.ts';

/** A question to the thread. */
export interface InboundQuestion {
  readonly raw: Uint8Array;
  readonly own: readonly string[];
}

/** The longest time for one mail, in milliseconds: a mail made to take longer is read by nobody. */
const LONGEST_MS = 10_000;

/** Reads mails that came in, in one thread of its own: anybody may have made them, as long and as crooked as they like. */
export class InboundReader {
  readonly #longestMs: number;
  readonly #thread = new AnsweringThread<InboundQuestion, InboundAnswer>({
    program: programBeside(import.meta.url, 'inbound.worker'),
    name: 'inbound',
    instead: () => null,
    endsIdle: true,
  });

  constructor(longestMs = LONGEST_MS) {
    this.#longestMs = longestMs;
  }

  /** Null for what is no mail, and for what takes too long. */
  async read(raw: Uint8Array, own: readonly string[]): Promise<InboundAnswer> {
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
