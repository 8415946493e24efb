import { randomBytes } from 'node:crypto';
import { writeId } from '../ids.ts';
import { grown } from './grown.ts';
import { STATUS, writeStep } from './thread.schema.ts';

const FIRST_CAPACITY = 1_024;
const ID_WORDS = 4;
const ID_BYTES = 16;
const STEP = 16;

/** A comment as it is remembered; `parent` is a slot, -1 for none, and so is `author` a number or -1. */
export interface Remembered {
  readonly id: string;
  readonly n: bigint;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly post: number;
  readonly parent: number;
  readonly author: number;
  readonly shadow: number;
}

/**
 * All comments of a build, found by their id: a column an array, a comment a slot, in the order of their posting; about
 * 90 bytes a comment, where an object each would take several hundred.
 */
export class CommentMemory {
  count = 0;
  #capacity = FIRST_CAPACITY;
  #ids = new Uint32Array(FIRST_CAPACITY * ID_WORDS);
  #idBytes = Buffer.from(this.#ids.buffer);
  #steps = Buffer.alloc(FIRST_CAPACITY * STEP);
  #stepViews = new DataView(this.#steps.buffer);
  posts = new Uint32Array(FIRST_CAPACITY);
  parents = new Int32Array(FIRST_CAPACITY);
  authors = new Int32Array(FIRST_CAPACITY);
  /** The tree downwards: -1 where there is none. */
  firstChildren = new Int32Array(FIRST_CAPACITY);
  nextSiblings = new Int32Array(FIRST_CAPACITY);
  statuses = new Uint8Array(FIRST_CAPACITY);
  hidden = new Uint8Array(FIRST_CAPACITY);
  shadows = new Uint16Array(FIRST_CAPACITY);
  /** Slots by the hash of their id, plus one; 0 where there is none. Always at most half full. */
  #index = new Uint32Array(FIRST_CAPACITY * 2);
  /** Ids are chosen by clients: nobody may know which ones fall together. */
  readonly #seed = randomBytes(4).readUInt32LE();
  readonly #sought = new Uint32Array(ID_WORDS);
  readonly #soughtBytes = new Uint8Array(this.#sought.buffer);

  /** The comment's slot. */
  add({ id, n, at, post, parent, author, shadow }: Remembered): number {
    if (this.count === this.#capacity) this.#grow();
    const slot = this.count;
    this.count += 1;
    writeId(this.#soughtBytes, id);
    this.#ids.set(this.#sought, slot * ID_WORDS);
    this.#index[this.#place()] = slot + 1;
    writeStep(this.#stepViews, slot * STEP, { at, n });
    this.posts[slot] = post;
    this.parents[slot] = parent;
    this.authors[slot] = author;
    this.shadows[slot] = shadow;
    this.statuses[slot] = Number(STATUS.visible);
    this.firstChildren[slot] = -1;
    this.nextSiblings[slot] = parent === -1 ? -1 : (this.firstChildren[parent] ?? -1);
    if (parent !== -1) this.firstChildren[parent] = slot;
    return slot;
  }

  /** -1 when no comment has this id. */
  slotOf(id: string): number {
    writeId(this.#soughtBytes, id);
    return (this.#index[this.#place()] ?? 0) - 1;
  }

  idOf(slot: number): Buffer {
    const id = Buffer.allocUnsafe(ID_BYTES);
    this.#idBytes.copy(id, 0, slot * ID_BYTES, (slot + 1) * ID_BYTES);
    return id;
  }

  n(slot: number): bigint {
    return this.#stepViews.getBigInt64(slot * STEP + 8);
  }

  /** The steps of all above and its own. */
  pathOf(slot: number): Buffer {
    let depth = 1;
    for (let above = this.parents[slot] ?? -1; above !== -1; above = this.parents[above] ?? -1) depth += 1;
    const path = Buffer.allocUnsafe(depth * STEP);
    for (let at = slot; at !== -1; at = this.parents[at] ?? -1) {
      depth -= 1;
      this.#steps.copy(path, depth * STEP, at * STEP, (at + 1) * STEP);
    }
    return path;
  }

  /** This comment and all below it, the ones above first. */
  branch(slot: number): readonly number[] {
    const branch = [slot];
    for (let at = 0; at < branch.length; at += 1) {
      let child = this.firstChildren[branch[at] ?? -1] ?? -1;
      for (; child !== -1; child = this.nextSiblings[child] ?? -1) branch.push(child);
    }
    return branch;
  }

  /** Where in the index the sought id is, or would be. */
  #place(): number {
    const sought = this.#sought;
    const [a, b, c, d] = [sought[0] ?? 0, sought[1] ?? 0, sought[2] ?? 0, sought[3] ?? 0];
    let hash = Math.imul(a ^ this.#seed, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0x85ebca77);
    hash = Math.imul(hash ^ (hash >>> 13) ^ c, 0xc2b2ae3d);
    hash = Math.imul(hash ^ (hash >>> 16) ^ d, 0x27d4eb2f);
    const mask = this.#index.length - 1;
    let place = (hash ^ (hash >>> 15)) & mask;
    for (let slot = this.#index[place] ?? 0; slot !== 0; slot = this.#index[place] ?? 0) {
      const at = (slot - 1) * ID_WORDS;
      const ids = this.#ids;
      if (ids[at] === a && ids[at + 1] === b && ids[at + 2] === c && ids[at + 3] === d) return place;
      place = (place + 1) & mask;
    }
    return place;
  }

  #grow(): void {
    this.#capacity *= 2;
    this.#ids = grown(this.#ids, new Uint32Array(this.#capacity * ID_WORDS));
    this.#idBytes = Buffer.from(this.#ids.buffer);
    this.#steps = grown(this.#steps, Buffer.alloc(this.#capacity * STEP));
    this.#stepViews = new DataView(this.#steps.buffer);
    this.posts = grown(this.posts, new Uint32Array(this.#capacity));
    this.parents = grown(this.parents, new Int32Array(this.#capacity));
    this.authors = grown(this.authors, new Int32Array(this.#capacity));
    this.firstChildren = grown(this.firstChildren, new Int32Array(this.#capacity));
    this.nextSiblings = grown(this.nextSiblings, new Int32Array(this.#capacity));
    this.statuses = grown(this.statuses, new Uint8Array(this.#capacity));
    this.hidden = grown(this.hidden, new Uint8Array(this.#capacity));
    this.shadows = grown(this.shadows, new Uint16Array(this.#capacity));
    this.#index = new Uint32Array(this.#capacity * 2);
    for (let slot = 0; slot < this.count; slot += 1) {
      this.#sought.set(this.#ids.subarray(slot * ID_WORDS, (slot + 1) * ID_WORDS));
      this.#index[this.#place()] = slot + 1;
    }
  }
}
