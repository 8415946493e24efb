import { randomBytes } from 'node:crypto';
import { writeId } from '../ids.ts';
import { Records } from './records.ts';
import { PLACE_BYTES, readPlace } from './six-bytes.ts';
import { STATUS, STEP, writeStep } from './thread.schema.ts';

const FIRST_CAPACITY = 1_024;
const ID_BYTES = 16;
/** 32-bit numbers in an id, and in a step. */
const QUAD = 4;
const STEP_WORDS = STEP / 4;
const FIRST_DEPTH = 16;

/** The meaning of a comment's 15 numbers; an id takes four, and a step three. */
const FIELD = {
  id: 0,
  step: 4,
  post: 7,
  parent: 8,
  author: 9,
  firstChild: 10,
  nextSibling: 11,
  status: 12,
  /** Twice the shadow, plus one when the comment itself is hidden. */
  shade: 13,
  /** The comment's place in another memory, plus one. */
  tally: 14,
} as const;
const WIDTH = 15;

/** An entry of the index: a slot plus one, and above it bits of the id's hash, so that few others are compared. */
const SLOT_BITS = 21;
const SLOT_MASK = 2 ** SLOT_BITS - 1;
const MOST = SLOT_MASK - 1;

/** A comment in memory; `parent` is a slot or -1, and `author` a number or -1. */
export interface CommentInMemory {
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
 * All comments of a build, found by their id. Each is a record, and its slot is its place in the order of posting. With
 * the index a comment takes 68 to 76 bytes; an object would take several hundred.
 */
export class CommentMemory {
  readonly #most: number;
  readonly #records = new Records(WIDTH);
  /** 0 where there is none; the index is at most half full. */
  #index = new Uint32Array(FIRST_CAPACITY * 2);
  /** Clients choose ids, so nobody may know which ones collide. */
  readonly #seed = randomBytes(4).readUInt32LE();
  readonly #sought = new Uint32Array(QUAD);
  readonly #soughtBytes = Buffer.from(this.#sought.buffer);
  readonly #step = new Int32Array(STEP_WORDS);
  readonly #stepView = new DataView(this.#step.buffer);
  #path = new Int32Array(FIRST_DEPTH * STEP_WORDS);
  #pathBytes = Buffer.from(this.#path.buffer);

  constructor(most = MOST) {
    this.#most = most;
  }

  get count(): number {
    return this.#records.count;
  }

  /** The comment's slot. Throws RangeError beyond `most` comments, 2,097,150 unless told. */
  add({ id, n, at, post, parent, author, shadow }: CommentInMemory): number {
    if (this.count >= this.#most) throw new RangeError(`a build remembers ${this.#most} comments`);
    if (2 * this.count === this.#index.length) this.#growIndex();
    const records = this.#records;
    const slot = records.add();
    this.#seek(id);
    this.#enter(slot);
    writeStep(this.#stepView, 0, { at, n });
    for (let word = 0; word < QUAD; word += 1) records.set(slot, FIELD.id + word, this.#sought[word] ?? 0);
    for (let word = 0; word < STEP_WORDS; word += 1) records.set(slot, FIELD.step + word, this.#step[word] ?? 0);
    records.set(slot, FIELD.post, post);
    records.set(slot, FIELD.parent, parent);
    records.set(slot, FIELD.author, author);
    records.set(slot, FIELD.status, STATUS.visible);
    records.set(slot, FIELD.shade, 2 * shadow);
    records.set(slot, FIELD.firstChild, -1);
    records.set(slot, FIELD.nextSibling, parent === -1 ? -1 : records.get(parent, FIELD.firstChild));
    if (parent !== -1) records.set(parent, FIELD.firstChild, slot);
    return slot;
  }

  /** -1 when no comment has this id. */
  slotOf(id: string): number {
    this.#seek(id);
    return ((this.#index[this.#place()] ?? 0) & SLOT_MASK) - 1;
  }

  idOf(slot: number): Buffer {
    for (let word = 0; word < QUAD; word += 1) this.#sought[word] = this.#records.get(slot, FIELD.id + word);
    return copyOf(this.#soughtBytes, 0, ID_BYTES);
  }

  n(slot: number): bigint {
    for (let word = 1; word < STEP_WORDS; word += 1) this.#step[word] = this.#records.get(slot, FIELD.step + word);
    return BigInt(readPlace(this.#stepView, PLACE_BYTES));
  }

  post(slot: number): number {
    return this.#records.get(slot, FIELD.post);
  }

  /** A slot, -1 for none. */
  parent(slot: number): number {
    return this.#records.get(slot, FIELD.parent);
  }

  /** A number, -1 for none. */
  author(slot: number): number {
    return this.#records.get(slot, FIELD.author);
  }

  setAuthor(slot: number, author: number): void {
    this.#records.set(slot, FIELD.author, author);
  }

  status(slot: number): number {
    return this.#records.get(slot, FIELD.status);
  }

  setStatus(slot: number, status: number): void {
    this.#records.set(slot, FIELD.status, status);
  }

  isHidden(slot: number): boolean {
    return (this.#records.get(slot, FIELD.shade) & 1) === 1;
  }

  setHidden(slot: number, hidden: boolean): void {
    this.#records.set(slot, FIELD.shade, 2 * this.shadow(slot) + (hidden ? 1 : 0));
  }

  /** Hidden comments among itself and those above. */
  shadow(slot: number): number {
    return this.#records.get(slot, FIELD.shade) >>> 1;
  }

  setShadow(slot: number, shadow: number): void {
    this.#records.set(slot, FIELD.shade, 2 * shadow + (this.isHidden(slot) ? 1 : 0));
  }

  /** The comment's place in the counts; -1 while it has none. */
  tally(slot: number): number {
    return this.#records.get(slot, FIELD.tally) - 1;
  }

  setTally(slot: number, tally: number): void {
    this.#records.set(slot, FIELD.tally, tally + 1);
  }

  /** The steps of all comments above, and its own; none for -1. */
  pathOf(slot: number): Buffer {
    let start = this.#path.length;
    for (let at = slot; at !== -1; at = this.parent(at)) {
      if (start === 0) start = this.#deepen();
      start -= STEP_WORDS;
      for (let word = 0; word < STEP_WORDS; word += 1) {
        this.#path[start + word] = this.#records.get(at, FIELD.step + word);
      }
    }
    return copyOf(this.#pathBytes, (start / STEP_WORDS) * STEP, this.#pathBytes.length);
  }

  /** This comment and all below it, each after its parent. */
  branch(slot: number): readonly number[] {
    const branch = [slot];
    for (let at = 0; at < branch.length; at += 1) {
      let child = this.#records.get(branch[at] ?? 0, FIELD.firstChild);
      for (; child !== -1; child = this.#records.get(child, FIELD.nextSibling)) branch.push(child);
    }
    return branch;
  }

  #seek(id: string): void {
    writeId(this.#soughtBytes, id);
  }

  #hash(): number {
    const sought = this.#sought;
    let hash = Math.imul((sought[0] ?? 0) ^ this.#seed, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15) ^ (sought[1] ?? 0), 0x85ebca77);
    hash = Math.imul(hash ^ (hash >>> 13) ^ (sought[2] ?? 0), 0xc2b2ae3d);
    hash = Math.imul(hash ^ (hash >>> 16) ^ (sought[3] ?? 0), 0x27d4eb2f);
    return hash ^ (hash >>> 15);
  }

  /** The place in the index where the sought id is, or would be. */
  #place(): number {
    const hash = this.#hash();
    const tag = hash >>> SLOT_BITS;
    const mask = this.#index.length - 1;
    let place = hash & mask;
    for (let entry = this.#index[place] ?? 0; entry !== 0; entry = this.#index[place] ?? 0) {
      if (entry >>> SLOT_BITS === tag && this.#isSought((entry & SLOT_MASK) - 1)) return place;
      place = (place + 1) & mask;
    }
    return place;
  }

  #isSought(slot: number): boolean {
    for (let word = 0; word < QUAD; word += 1) {
      if (this.#records.get(slot, FIELD.id + word) !== ((this.#sought[word] ?? 0) | 0)) return false;
    }
    return true;
  }

  #enter(slot: number): void {
    const place = this.#place();
    this.#index[place] = ((this.#hash() >>> SLOT_BITS) << SLOT_BITS) | (slot + 1);
  }

  #growIndex(): void {
    this.#index = new Uint32Array(2 * this.#index.length);
    for (let slot = 0; slot < this.count; slot += 1) {
      for (let word = 0; word < QUAD; word += 1) this.#sought[word] = this.#records.get(slot, FIELD.id + word);
      this.#enter(slot);
    }
  }

  /** Makes twice the room for a path, which is written from its end; gives the place reached. */
  #deepen(): number {
    const shorter = this.#path;
    this.#path = new Int32Array(2 * shorter.length);
    this.#path.set(shorter, shorter.length);
    this.#pathBytes = Buffer.from(this.#path.buffer);
    return shorter.length;
  }
}

function copyOf(bytes: Buffer, from: number, to: number): Buffer {
  const copy = Buffer.allocUnsafe(to - from);
  bytes.copy(copy, 0, from, to);
  return copy;
}
