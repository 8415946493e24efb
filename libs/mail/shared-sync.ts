/**
 * Puts a folder on the disk once for all who wait together. What was renamed while it was being put there may be missing,
 * so whoever comes meanwhile waits for the next time.
 */
export class SharedSync {
  readonly #sync: () => Promise<void>;
  #underWay: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(sync: () => Promise<void>) {
    this.#sync = sync;
  }

  /** Resolves after a sync that began after this call; rejects as that one does. */
  done(): Promise<void> {
    this.#next ??= this.#underWay
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#underWay = this.#sync();
        return this.#underWay;
      });
    return this.#next;
  }
}
