/** What is being worked out, so that whoever asks for the same meanwhile has the same, failures too. */
export class UnderWay<Value> {
  readonly #working = new Map<string, Promise<Value>>();

  share(key: string, work: () => Promise<Value>): Promise<Value> {
    const known = this.#working.get(key);
    if (known !== undefined) return known;
    const working = work().finally(() => this.#working.delete(key));
    this.#working.set(key, working);
    return working;
  }
}
