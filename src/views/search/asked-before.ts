/** A power of two. */
const SLOTS = 4_096;

/** Tells what is asked for the second time, of some thousands that were asked for last, in 16 KiB: what is kept of each is a number. */
export class AskedBefore {
  readonly #hashes = new Int32Array(SLOTS);

  /** Whether it was asked for before, as it is from now on. Of other keys one in some thousand millions is taken for it. */
  ask(key: string): boolean {
    const hash = hashOf(key);
    const slot = hash & (SLOTS - 1);
    const isKnown = this.#hashes[slot] === hash;
    this.#hashes[slot] = hash;
    return isKnown;
  }
}

/** FNV-1a of its UTF-16 units, with the upper bits mixed into the lower ones; never 0. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15) || 1;
}
