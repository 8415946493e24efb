import { type Heads, NumbersById } from './heads.ts';

/** The content of each place of the thread: numbers below the count of heads are comments, the others are missing ones. */
export interface ThreadShape {
  /** Numbers by depth: those at the top first, then their answers, so that each parent comes before its answers. */
  readonly levels: Levels;
  /** The number of what it answers here; -1 at the top. */
  parentOf(number: number): number;
  /** True when an answer that readers see hangs somewhere below. */
  hasVisibleBelow(number: number): boolean;
  /** True when an answer to it comes too. */
  isAnswered(number: number): boolean;
  /** The id of a comment that is answered and is not there, and the first one that answers it. */
  missing(number: number): { readonly id: string; readonly answeredBy: number };
}

/** Numbers by depth, in one list. */
export class Levels implements Iterable<Int32Array> {
  readonly #numbers: Int32Array;
  /** Where each level begins, and after the last one its end. */
  readonly #starts: Int32Array;

  constructor(numbers: Int32Array, starts: Int32Array) {
    this.#numbers = numbers;
    this.#starts = starts;
  }

  *[Symbol.iterator](): Iterator<Int32Array> {
    for (let depth = 0; depth + 1 < this.#starts.length; depth += 1) {
      yield this.#numbers.subarray(this.#starts[depth], this.#starts[depth + 1]);
    }
  }
}

export interface ShapeFaults {
  readonly onCircle: (number: number) => void;
  /** Called when the answered comment is not under this post: with `kept` a placeholder stands for it; else the comment goes to the top. */
  readonly onMissing: (number: number, id: string, kept: boolean) => void;
  /** So many answers of the thread stand deeper than MOST_LEVELS in the source, this one first. */
  readonly onDeep: (count: number, first: number) => void;
}

/**
 * Levels of answers below a top-level comment. Deeper answers join the last level, in order of time: a comment's place
 * is stored as the way from the top down to it, which in a chain of thousands would grow with their square.
 */
export const MOST_LEVELS = 16;

const TOP = -1;

/**
 * A thread's shape from its heads alone. A comment that is left out (spam, missing) keeps its place when a visible
 * answer stands below it; all other answers to it go to the nearest imported comment above.
 */
export function shapeOf(heads: Heads, faults: ShapeFaults): ThreadShape {
  const tree = new Tree(heads);
  tree.openCircles(faults.onCircle);
  tree.markVisible();
  tree.liftOver();
  for (const [number, id] of tree.answersToMissing()) faults.onMissing(number, id, tree.keepsPlace(id));
  // The tree itself has room for each id, which nobody needs any more.
  const { parents, visibleBelow, missing } = tree;
  const levels = tree.levels(faults.onDeep);
  const answered = new Uint8Array(parents.length);
  for (const numbers of levels) for (const number of numbers) answered[parents[number] ?? TOP] = 1;
  return {
    levels,
    parentOf: (number) => parents[number] ?? TOP,
    hasVisibleBelow: (number) => visibleBelow[number] === 1,
    isAnswered: (number) => answered[number] === 1,
    missing: (number) => missing[number - heads.length] ?? { id: '', answeredBy: TOP },
  };
}

class Tree {
  readonly missing: { readonly id: string; readonly answeredBy: number }[] = [];
  readonly parents: Int32Array;
  /** 1 where a visible comment hangs below, or where the comment is that itself. */
  readonly visibleBelow: Uint8Array;
  readonly #heads: Heads;
  readonly #numbers: NumbersById;

  constructor(heads: Heads) {
    this.#heads = heads;
    this.#numbers = this.#numbered();
    this.parents = Int32Array.from({ length: heads.length + this.missing.length }, (_, number) =>
      this.#parentGiven(number),
    );
    this.visibleBelow = new Uint8Array(this.parents.length);
  }

  /** By id: of two with one id the one that is brought. */
  #numbered(): NumbersById {
    const numbers = new NumbersById();
    for (const [number, { id, fate }] of this.#heads.entries()) {
      if (id !== '' && (fate !== 'left out' || !numbers.has(id))) numbers.set(id, number);
    }
    for (const [number, { answers, fate }] of this.#heads.entries()) {
      if (answers === null || fate === 'left out' || numbers.has(answers)) continue;
      numbers.set(answers, this.#heads.length + this.missing.length);
      this.missing.push({ id: answers, answeredBy: number });
    }
    return numbers;
  }

  #parentGiven(number: number): number {
    const answers = this.#heads.at(number)?.answers ?? null;
    return answers === null ? TOP : (this.#numbers.get(answers) ?? TOP);
  }

  openCircles(onCircle: (number: number) => void): void {
    /** The walk that came by: 0 for none yet. */
    const passed = new Int32Array(this.parents.length);
    for (let start = 0; start < this.parents.length; start += 1) {
      const walk = start + 1;
      let at = start;
      while (at !== TOP && passed[at] === 0) {
        passed[at] = walk;
        at = this.parents[at] ?? TOP;
      }
      if (at === TOP || passed[at] !== walk) continue;
      this.parents[at] = TOP;
      if (this.#isBrought(at)) onCircle(at);
    }
  }

  markVisible(): void {
    for (const [number, { fate }] of this.#heads.entries()) {
      if (fate !== 'visible') continue;
      for (let at = number; at !== TOP && this.visibleBelow[at] === 0; at = this.parents[at] ?? TOP) {
        this.visibleBelow[at] = 1;
      }
    }
  }

  /** Each one's parent becomes the nearest above that stands in the thread. */
  liftOver(): void {
    const given = Int32Array.from(this.parents);
    const nearest = new Int32Array(given.length).fill(TOP - 1);
    for (const start of given.keys()) {
      const path: number[] = [];
      let at = given[start] ?? TOP;
      while (at !== TOP && !this.#stands(at) && nearest[at] === TOP - 1) {
        path.push(at);
        at = given[at] ?? TOP;
      }
      const found = at === TOP || this.#stands(at) ? at : (nearest[at] ?? TOP);
      for (const over of path) nearest[over] = found;
      this.parents[start] = found;
    }
  }

  *answersToMissing(): Iterable<readonly [number: number, id: string]> {
    if (this.missing.length === 0) return;
    for (const [number, { answers, fate }] of this.#heads.entries()) {
      if (answers === null || fate === 'left out') continue;
      if ((this.#numbers.get(answers) ?? TOP) >= this.#heads.length) yield [number, answers];
    }
  }

  keepsPlace(id: string): boolean {
    return this.visibleBelow[this.#numbers.get(id) ?? TOP] === 1;
  }

  /** Settles the parents of what stands too deep. */
  levels(onDeep: ShapeFaults['onDeep']): Levels {
    const depths = new Int32Array(this.parents.length).fill(TOP);
    const met = new Int32Array(this.parents.length);
    let count = 0;
    const deep: number[] = [];
    let deepest = TOP;
    for (const start of depths.keys()) {
      if (!this.#stands(start)) continue;
      const path: number[] = [];
      let at = start;
      for (; at !== TOP && depths[at] === TOP; at = this.parents[at] ?? TOP) path.push(at);
      let depth = at === TOP ? TOP : (depths[at] ?? TOP);
      for (const number of path.reverse()) {
        if (depth === MOST_LEVELS) {
          deep.push(number);
          this.parents[number] = this.parents[this.parents[number] ?? TOP] ?? TOP;
        } else depth += 1;
        depths[number] = depth;
        met[count] = number;
        count += 1;
      }
      deepest = Math.max(deepest, depth);
    }
    const [first] = deep;
    if (first !== undefined) onDeep(deep.length, first);
    return byDepth(met.subarray(0, count), depths, deepest);
  }

  #isBrought(number: number): boolean {
    const fate = this.#heads.at(number)?.fate;
    return fate === 'visible' || fate === 'held';
  }

  #stands(number: number): boolean {
    return this.#isBrought(number) || this.visibleBelow[number] === 1;
  }
}

/** In the order in which they were met, level by level. */
function byDepth(met: Int32Array, depths: Int32Array, deepest: number): Levels {
  const starts = new Int32Array(deepest + 2);
  for (const number of met) starts[(depths[number] ?? 0) + 1] = (starts[(depths[number] ?? 0) + 1] ?? 0) + 1;
  for (let depth = 1; depth < starts.length; depth += 1)
    starts[depth] = (starts[depth] ?? 0) + (starts[depth - 1] ?? 0);
  const next = Int32Array.from(starts);
  const numbers = new Int32Array(met.length);
  for (const number of met) {
    const place = next[depths[number] ?? 0] ?? 0;
    numbers[place] = number;
    next[depths[number] ?? 0] = place + 1;
  }
  return new Levels(numbers, starts);
}
