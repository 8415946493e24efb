/** Live connections by network, so that no network takes all of them. */
export class OpenByNetwork {
  readonly #most: number;
  readonly #open = new Map<string, number>();

  /** `most` is the number that one network may have open at once. */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Takes a place and gives the function that frees it, once, however often it is called. Null when the network has as
   * many as it may.
   */
  take(network: string): (() => void) | null {
    const open = this.#open.get(network) ?? 0;
    if (open >= this.#most) return null;
    this.#open.set(network, open + 1);
    let isTaken = true;
    return () => {
      if (isTaken) this.#giveBack(network);
      isTaken = false;
    };
  }

  /** The number of networks with a connection now. */
  get networks(): number {
    return this.#open.size;
  }

  #giveBack(network: string): void {
    const left = (this.#open.get(network) ?? 0) - 1;
    if (left > 0) this.#open.set(network, left);
    else this.#open.delete(network);
  }
}
