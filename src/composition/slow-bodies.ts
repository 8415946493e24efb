/** Milliseconds for a whole body, and bytes that must come in each such stretch of one that may take longer. */
const STRETCH_MS = 60_000;
const LEAST_BYTES = 1_048_576;

/** What is asked of a request whose body still comes. */
export interface ComingBody {
  readonly socket: { readonly bytesRead: number };
}

interface Stretch {
  readonly since: number;
  readonly bytes: number;
}

/** Tells which bodies come too slowly. A file may take longer than other bodies while it keeps coming. */
export class SlowBodies {
  readonly #files = new WeakSet<ComingBody>();
  readonly #stretches = new WeakMap<ComingBody, Stretch>();

  /** Said once its sender is known and may send a file. */
  bringsFile(body: ComingBody): void {
    this.#files.add(body);
  }

  /** Those of the bodies that are late; `now` in milliseconds by a clock that nobody sets back. */
  late<Body extends ComingBody>(coming: Iterable<Body>, now: number): readonly Body[] {
    return [...coming].filter((body) => this.#isLate(body, now));
  }

  #isLate(body: ComingBody, now: number): boolean {
    const { bytesRead } = body.socket;
    const stretch = this.#stretches.get(body);
    if (stretch !== undefined && now - stretch.since < STRETCH_MS) return false;
    if (stretch !== undefined && !(this.#files.has(body) && bytesRead - stretch.bytes >= LEAST_BYTES)) return true;
    this.#stretches.set(body, { since: now, bytes: bytesRead });
    return false;
  }
}
