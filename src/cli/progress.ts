import { SingleBar } from 'cli-progress';
import type { Screen } from './terminal.ts';

/** Plain lines come no more often than this, in milliseconds. */
const BETWEEN_LINES = 1_000;

/** How far a long command has come: a bar on a terminal, plain lines elsewhere, on standard error. */
export class Progress {
  private readonly name: string;
  private readonly stream: Screen;
  private readonly now: () => number;
  private readonly bar: SingleBar | null;
  private lastLine: number;

  constructor(name: string, stream: Screen, now: () => number = () => performance.now()) {
    this.name = name;
    this.stream = stream;
    this.now = now;
    this.lastLine = now();
    this.bar = stream.isTTY ? newBar(name, stream) : null;
    this.bar?.start(100, 0, { note: '' });
  }

  /** `done` of `all`, in any unit, and what more there is to say. */
  show(done: number, all: number, note = ''): void {
    const percent = all === 0 ? 100 : Math.min(100, Math.floor((done / all) * 100));
    if (this.bar !== null) {
      this.bar.update(percent, { note });
      return;
    }
    if (this.now() - this.lastLine < BETWEEN_LINES) return;
    this.lastLine = this.now();
    this.stream.write(`${this.name}: ${percent} %${note === '' ? '' : ` (${note})`}\n`);
  }

  /** Leaves the terminal's line free again. */
  end(): void {
    this.bar?.stop();
  }
}

function newBar(name: string, stream: Screen): SingleBar {
  return new SingleBar({
    stream,
    format: `${name} {bar} {percentage} % {note}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    fps: 10,
  });
}
