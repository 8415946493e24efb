import { cpu } from './main-thread.ts';

/** Of the smaller text, so that one step of the clock (some milliseconds) is little of the result. */
const SHORTEST_MS = 12;
const ROUNDS = 8;
const TIMES = 8;

/** Between what a text of eight times the length takes of a work that grows like it (8), and of one that grows by the square (64). */
export const LINEAR = 24;

export interface Growing {
  readonly text: (size: number) => string;
  readonly size: number;
}

/**
 * How many times as long a work takes with a text of eight times the size: of this thread's processor time, since
 * other programs take the machine from the longer work more often; the least of some rounds of each, no more than show that it
 * is less than LINEAR. No absolute time is in it.
 */
export function growthOf(work: (text: string) => unknown, { text, size }: Growing): number {
  const [short, long] = [text(size), text(size * TIMES)];
  for (let repeats = 1; ; repeats *= 2) {
    const growth = growthIn(work, { short, long, repeats });
    if (growth !== null) return growth;
  }
}

/** Null once the smaller text takes too little to be measured: code that runs often enough is made faster meanwhile. */
function growthIn(
  work: (text: string) => unknown,
  { short, long, repeats }: { readonly short: string; readonly long: string; readonly repeats: number },
): number | null {
  let [small, large] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS && (round < 2 || large / small >= LINEAR); round += 1) {
    small = Math.min(small, timeOf(work, short, repeats));
    if (small < SHORTEST_MS) return null;
    large = Math.min(large, timeOf(work, long, repeats));
  }
  return large / small;
}

function timeOf(work: (text: string) => unknown, text: string, repeats: number): number {
  const before = cpu();
  for (let n = 0; n < repeats; n += 1) work(text);
  return cpu() - before;
}
