/**
 * The number of commits (32 bits), of commits that found strangers' events (32 bits), and the last checked position (64
 * bits).
 */
const BYTES = 16;

/** Made once for a log in a process and handed to each thread that writes or follows it. */
export function newCommitSignal(): SharedArrayBuffer {
  return new SharedArrayBuffer(BYTES);
}

/** The writer's news for other threads in shared memory, without a message. */
export class CommitSignal {
  /** Counts commits: readers wait for its first cell. */
  readonly commits: Int32Array<SharedArrayBuffer>;
  readonly #through: BigInt64Array<SharedArrayBuffer>;

  constructor(signal: SharedArrayBuffer) {
    this.commits = new Int32Array(signal, 0, 2);
    this.#through = new BigInt64Array(signal, 8, 1);
  }

  /** Every event up to here is the writer's own, except for those that `strangers` counted. */
  get through(): bigint {
    return Atomics.load(this.#through, 0);
  }

  /** How often the writer found that another process had written since its last commit. */
  get strangers(): number {
    return Atomics.load(this.commits, 1);
  }

  /** `found` is the newest position before the commit, `through` the one after it. */
  committed({ found, through }: { readonly found: bigint; readonly through: bigint }): void {
    if (found !== this.through) Atomics.add(this.commits, 1, 1);
    Atomics.store(this.#through, 0, through);
  }

  wakeReaders(): void {
    Atomics.add(this.commits, 0, 1);
    Atomics.notify(this.commits, 0);
  }
}
