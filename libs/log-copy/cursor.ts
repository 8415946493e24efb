/** Takes items one at a time from an async iterable that several parts of a program read in turn. */
export class Cursor<Item> {
  readonly #iterator: AsyncIterator<Item>;

  constructor(items: AsyncIterable<Item>) {
    this.#iterator = items[Symbol.asyncIterator]();
  }

  async next(): Promise<Item | undefined> {
    const { done, value } = await this.#iterator.next();
    return done === true ? undefined : value;
  }

  /** Lets go of what the iterable holds. */
  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}
