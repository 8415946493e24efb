import { countedEvents } from './counted-events.ts';

/** Plain lines come no more often than this, in milliseconds; a bar is drawn ten times as often. */
const BETWEEN_LINES = 1_000;
const WIDTH = 30;

/** How far a verification has come, without any package: a bar on a terminal, plain lines elsewhere. */
export class PlainProgress {
  readonly #name: string;
  readonly #stream: NodeJS.WriteStream;
  readonly #started = performance.now();
  #last = performance.now();
  #isDrawn = false;

  constructor(name: string, stream: NodeJS.WriteStream) {
    this.#name = name;
    this.#stream = stream;
  }

  /** `done` of `all` bytes, and so many events. */
  show(done: number, all: number, events: number): void {
    const now = performance.now();
    const early = now - this.#last < (this.#stream.isTTY ? BETWEEN_LINES / 10 : BETWEEN_LINES);
    if (early && !(this.#isDrawn && done === all)) return;
    this.#last = now;
    const share = Math.min(1, all === 0 ? 1 : done / all);
    const rate = Math.round((events / (now - this.#started)) * 1_000);
    const told = `${Math.floor(share * 100)} % (${countedEvents(events)}, ${rate}/s)`;
    if (!this.#stream.isTTY) {
      this.#stream.write(`${this.#name}: ${told}\n`);
      return;
    }
    const full = Math.round(share * WIDTH);
    this.#stream.write(`\r${this.#name} ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${told}\u001b[K`);
    this.#isDrawn = true;
  }

  /** Leaves the terminal's line free again. */
  end(): void {
    if (this.#isDrawn) this.#stream.write('\n');
  }
}
