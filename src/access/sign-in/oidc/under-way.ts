/** Milliseconds after the end within which a second press, or a browser that asks again, has the same. */
const LASTS_MS = 5_000;

interface Work<Value> {
  readonly value: Promise<Value>;
  /** When it is no longer shared, in milliseconds since 1970; never while it is under way. */
  until: number;
}

/** What is being worked out, or just was, so that whoever asks for the same has the same, failures too. */
export class UnderWay<Value> {
  readonly #works = new Map<string, Work<Value>>();

  share(key: string, work: () => Promise<Value>): Promise<Value> {
    const known = this.#works.get(key);
    if (known !== undefined && Date.now() < known.until) return known.value;
    const begun: Work<Value> = { value: work().finally(() => this.#ends(key, begun)), until: Number.POSITIVE_INFINITY };
    this.#works.set(key, begun);
    return begun.value;
  }

  #ends(key: string, work: Work<Value>): void {
    work.until = Date.now() + LASTS_MS;
    const forget = () => this.#works.get(key) === work && this.#works.delete(key);
    setTimeout(forget, LASTS_MS).unref();
  }
}
