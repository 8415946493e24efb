/**
 * Gives each who waits a turn of the event loop of its own, in their order. What several do side by side comes together otherwise, at the latest
 * when one commit answers all of them, and then holds up everybody else for as long as all of it takes.
 */
export class OwnTurns {
  #last: Promise<void> = Promise.resolve();

  next(): Promise<void> {
    this.#last = this.#last.then(() => new Promise((resolve) => void setImmediate(resolve)));
    return this.#last;
  }
}
