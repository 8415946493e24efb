/**
 * Lets those who were overtaken at one name go one after the other. Whoever comes while nobody waits there goes at once:
 * the line is for a name that many write to in this process; it spares attempts in vain and is no lock.
 */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  isWaitedFor(name: string): boolean {
    return this.#last.has(name);
  }

  /** Runs `turn` behind those who wait for the name already, however theirs end. */
  async take<T>(name: string, turn: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const mine = before.then(turn, turn);
    this.#last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(name) === mine) this.#last.delete(name);
    }
  }
}
