import type { Socket } from 'node:net';
import { Line } from './line.ts';

/** A line to a server on which forms that are sent are under way until they are let through. */
export class HoldingLine extends Line {
  readonly #held: (() => void)[] = [];
  readonly #asked = Promise.withResolvers<void>();
  /** Resolves when the first form is under way. */
  readonly asked = this.#asked.promise;

  letThrough(): void {
    for (const send of this.#held.splice(0)) send();
  }

  protected override carry(near: Socket, far: Socket): void {
    near.on('data', (part) => {
      if (!/^POST \S+\/comments /.test(part.toString('latin1'))) {
        far.write(part);
        return;
      }
      near.pause();
      this.#held.push(() => {
        far.write(part);
        near.resume();
      });
      this.#asked.resolve();
    });
    near.on('end', () => far.end());
  }
}
