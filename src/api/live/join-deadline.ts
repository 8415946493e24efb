interface Connection {
  once(event: 'close', heard: () => void): unknown;
}

/**
 * Ends connections that join no namespace in time. Socket.IO's own limit only begins to close them: a polling one that
 * takes nothing would keep its place for half a minute more.
 */
export class JoinDeadline<C extends Connection> {
  readonly #milliseconds: number;
  readonly #end: (connection: C) => void;
  readonly #waiting = new Map<C, NodeJS.Timeout>();

  constructor(milliseconds: number, end: (connection: C) => void) {
    this.#milliseconds = milliseconds;
    this.#end = end;
  }

  arrived(connection: C): void {
    const late = setTimeout(() => {
      this.joined(connection);
      this.#end(connection);
    }, this.#milliseconds).unref();
    this.#waiting.set(connection, late);
    connection.once('close', () => this.joined(connection));
  }

  joined(connection: C): void {
    clearTimeout(this.#waiting.get(connection));
    this.#waiting.delete(connection);
  }

  /** Connections that have not joined yet. */
  get waiting(): number {
    return this.#waiting.size;
  }
}
