import { Line } from './line.ts';

/** A line to a server that can be cut, as when somebody pulls the network cable, and put together again. */
export class CuttableLine extends Line {
  #isCut = false;

  cut(): void {
    this.#isCut = true;
    this.breakOff();
  }

  mend(): void {
    this.#isCut = false;
  }

  protected override takes(): boolean {
    return !this.#isCut;
  }
}
