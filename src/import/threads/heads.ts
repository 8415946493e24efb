/** The part of a comment that the shape of a thread needs. */
export interface Head {
  /** Its id in the source. */
  readonly id: string;
  /** The id of the comment that it answers; null at the top. */
  readonly answers: string | null;
  readonly fate: 'visible' | 'held' | 'left out';
}

const FATES = ['visible', 'held', 'left out'] as const;
const FIRST_ROOM = 1_024;
/** Of the room for ids, how much is taken before it grows. */
const FULL = 0.7;
/** No number. */
const NONE = -1;
/** The number that stands for no id, and for an id that is no number. */
const NULL = 0;
const OTHER = -1;

/** The heads of a post's comments by number, in columns: a post may have a million comments. */
export class Heads {
  readonly #ids = new IdColumn();
  readonly #answers = new IdColumn();
  #fates = new Uint8Array(FIRST_ROOM);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add({ id, answers, fate }: Head): void {
    const number = this.#length;
    this.#length += 1;
    if (number === this.#fates.length) this.#fates = grown(this.#fates, new Uint8Array(number * 2));
    this.#fates[number] = FATES.indexOf(fate);
    this.#ids.set(number, id);
    this.#answers.set(number, answers);
  }

  /** Undefined beyond the last one. */
  at(number: number): Head | undefined {
    const fate = this.#fateOf(number);
    return fate === undefined
      ? undefined
      : { id: this.#ids.get(number) ?? '', answers: this.#answers.get(number), fate };
  }

  *entries(): Iterable<readonly [number: number, head: Head]> {
    for (let number = 0; number < this.#length; number += 1) {
      const head = this.at(number);
      if (head !== undefined) yield [number, head];
    }
  }

  #fateOf(number: number): Head['fate'] | undefined {
    return number < this.#length ? FATES[this.#fates[number] ?? -1] : undefined;
  }
}

/** Numbers by id; an id that is a number costs some bytes. */
export class NumbersById {
  #slots = new Int32Array(FIRST_ROOM).fill(NONE);
  #keys = new Float64Array(FIRST_ROOM);
  #taken = 0;
  readonly #others = new Map<string, number>();

  get(id: string): number | undefined {
    const key = asNumber(id);
    if (key === null) return this.#others.get(id);
    const number = this.#slots[this.#slotOf(key)];
    return number === NONE ? undefined : number;
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  set(id: string, number: number): void {
    const key = asNumber(id);
    if (key === null) {
      this.#others.set(id, number);
      return;
    }
    if (this.#taken > this.#slots.length * FULL) this.#grow();
    if (this.#put(key, number)) this.#taken += 1;
  }

  /** True when the key was not there yet. */
  #put(key: number, number: number): boolean {
    const slot = this.#slotOf(key);
    const isNew = this.#slots[slot] === NONE;
    this.#keys[slot] = key;
    this.#slots[slot] = number;
    return isNew;
  }

  #grow(): void {
    const [slots, keys] = [this.#slots, this.#keys];
    this.#slots = new Int32Array(slots.length * 2).fill(NONE);
    this.#keys = new Float64Array(slots.length * 2);
    for (const [slot, number] of slots.entries()) if (number !== NONE) this.#put(keys[slot] ?? 0, number);
  }

  /** The slot of the key, or the free slot that is meant for it. */
  #slotOf(key: number): number {
    const mask = this.#slots.length - 1;
    const mixed = Math.imul(key ^ Math.floor(key / 2 ** 32), 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    while (this.#slots[slot] !== NONE && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }
}

/** Ids by number: those that are numbers as such, all others as texts. */
class IdColumn {
  #numbers = new Float64Array(FIRST_ROOM);
  readonly #others = new Map<number, string>();

  set(at: number, id: string | null): void {
    if (at === this.#numbers.length) this.#numbers = grown(this.#numbers, new Float64Array(at * 2));
    const number = id === null ? NULL : asNumber(id);
    this.#numbers[at] = number ?? OTHER;
    if (id !== null && number === null) this.#others.set(at, id);
  }

  get(at: number): string | null {
    const number = this.#numbers[at] ?? NULL;
    if (number === NULL) return null;
    return number === OTHER ? (this.#others.get(at) ?? null) : String(number);
  }
}

/** Null for an id that another text would be the same number as, too. */
function asNumber(id: string): number | null {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : null;
}

function grown<Column extends Uint8Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
